import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import { allRules, checkSpec } from '../../../src/guidelines';
import * as errors from '../../../src/guidelines/errors';
import { ruleMarkdown, rulePage, ruleText } from '../../../src/guidelines/explain';
import type { FileFindings } from '../../../src/guidelines/report';
import { jsonPieces, textReport } from '../../../src/guidelines/report';
import { rulesReadme } from '../../../src/gen/rule-docs';
import { whole } from './helpers';

const findings = checkSpec(whole('servers:\n  - url: https://example.com/\n'));

const json = (files: readonly FileFindings[]): string => [...jsonPieces(files)].join('');

describe('a report', () => {
  test('as JSON has what the command line promises, and nothing else', () => {
    assert.deepEqual(JSON.parse(json([{ path: 'a.yaml', findings }])), {
      files: [
        {
          path: 'a.yaml',
          findings: [
            {
              rule: 'server-trailing-slash',
              severity: 'warning',
              message: 'Every path starts with a slash, so with this one addresses get two of them.',
              range: { start: { line: 8, character: 28 }, end: { line: 8, character: 29 } },
              path: ['servers', 0, 'url'],
              fixable: true,
            },
          ],
        },
      ],
      summary: { errors: 0, warnings: 1, infos: 0, hints: 0, files: 1 },
    });
  });

  test('as JSON is written as one document, however many pieces it comes in', () => {
    const many = Array.from({ length: 500 }, () => findings).flat();
    const reports: readonly (readonly FileFindings[])[] = [
      [],
      [{ path: 'none.yaml', findings: [] }],
      [
        { path: 'a "quoted"\n.yaml', findings },
        { path: 'b.yaml', findings: [] },
        { path: 'c.yaml', findings: many },
      ],
    ];
    for (const files of reports) {
      const text = json(files);
      assert.equal(text, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    }
    assert.ok([...jsonPieces([{ path: 'a.yaml', findings: many }])].length > 1);
  });

  test('as text has one line for each finding, counted from one', () => {
    assert.equal(
      textReport([
        { path: 'a.yaml', findings },
        { path: 'b.yaml', findings: [] },
      ]),
      'a.yaml:9:29: warning: Every path starts with a slash, so with this one addresses get two of them. (server-trailing-slash)\n2 files: 1 warning\n',
    );
    assert.equal(textReport([{ path: 'b.yaml', findings: [] }]), '1 file: no findings\n');
  });
});

describe('a rule explained', () => {
  for (const rule of allRules) {
    test(rule.id, () => {
      for (const text of [ruleMarkdown(rule), rulePage(rule), ruleText(rule)]) {
        assert.ok(text.includes(rule.why));
        assert.ok(text.includes(rule.source.url ?? ''));
        assert.doesNotMatch(text, /# want|: undefined|\(undefined/);
      }
      assert.match(rulePage(rule), new RegExp(`^# ${rule.id}\n`));
      assert.equal(ruleText(rule).endsWith('\n'), true);
    });
  }

  test('all in one table', () => {
    const text = rulesReadme(allRules);
    for (const rule of allRules) {
      const folder = rule.before === undefined ? '' : '../breaking/checks/';
      assert.match(text, new RegExp(`\\]\\(${folder}${rule.id}\\.ts\\) +\\| `), rule.id);
    }
    assert.equal(text.split('\n').filter((line) => line.startsWith('| [`')).length, allRules.length);
  });
});

const problem = {
  file: '/w/.servicewright/guidelines.yaml',
  range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
  severity: 'error',
  message: 'There is no rule `nope`.',
} as const;

test('each error is one sentence with a hint of what to do', () => {
  const all = [
    errors.noSuchFile('a.yaml'),
    errors.unreadable('a.yaml', 'EISDIR: illegal operation on a directory, read', new Error('x')),
    errors.nothingMatches('*.yaml'),
    errors.notASpec('a.yaml'),
    errors.noSpecMatches('*.yaml'),
    errors.unknownFormat('xml', ['text', 'json']),
    errors.unknownFailOn('info'),
    errors.noSuchRule('path-kebab', ['path-kebab-case']),
    errors.noSuchRule('zzzzzzzzz', ['path-kebab-case']),
    errors.noSuchPage('path-kebab'),
    errors.unknownPreset('recomended', ['recommended']),
    errors.unknownPreset('zzzzzzzzz', ['recommended']),
    errors.wrongConfiguration([problem, problem]),
    errors.fixesStdin(),
    errors.changedMeanwhile('a.yaml'),
    errors.notWritten('a.yaml', 'EACCES: permission denied', new Error('x')),
    errors.baselineRefused('a.yaml'),
    errors.noGit(new Error('x')),
    errors.notInRepository('orders'),
    errors.noSuchRef('origin/mian'),
    errors.noDescriptionOpen(),
    errors.noDescriptionToPreview(),
    errors.notSilenced(),
  ];
  assert.ok(all.length >= Object.keys(errors).length);
  for (const error of all) {
    assert.ok(error instanceof UserError);
    assert.match(error.code, /^guidelines\/[a-z-]+$/);
    assert.match(error.message, /^[^\n]*\.$/);
    assert.ok(error.fix?.kind === 'hint' || error.fix?.kind === 'command');
  }
});
