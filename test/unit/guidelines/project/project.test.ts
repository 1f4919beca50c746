import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allRules, defineRule } from '../../../../src/guidelines';
import { baseSteps } from '../../../../src/guidelines/breaking/base';
import { breakingSteps } from '../../../../src/guidelines/breaking/compare';
import { Check } from '../../../../src/guidelines/engine';
import { Project } from '../../../../src/guidelines/project/project';
import { finish } from '../../../../src/guidelines/steps';
import { complete, foundIn, isChecked, projectOf, specAt } from './helpers';

const head =
  "openapi: 3.1.0\ninfo: { title: Shop, version: '1', description: Sells., contact: { name: A } }\n";
const rulesOf = (found: readonly string[]): readonly string[] => found.map((one) => one.split(' ')[0] ?? '');
const only = (...ids: readonly string[]): { rules: typeof allRules } => ({
  rules: allRules.filter(({ id }) => ids.includes(id)),
});

describe('a description in several files', () => {
  test('is followed through chains and circles, in YAML and JSON', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: a.yaml }\n`,
        'a.yaml': 'properties:\n  b: { $ref: deep/b.json#/B }\n  bad: { type: strin }\n',
        'deep/b.json':
          '{ "B": { "properties": { "a": { "$ref": "../a.yaml" }, "me": { "$ref": "#/B" }, "bad": { "type": "strin" } } } }',
      },
      ['openapi.yaml'],
    );
    assert.deepEqual(foundIn(project, 'openapi.yaml', only('unresolved-ref')), []);
    assert.deepEqual(rulesOf(foundIn(project, 'a.yaml', only('field-value'))), ['field-value']);
    assert.deepEqual(rulesOf(foundIn(project, 'deep/b.json', only('field-value'))), ['field-value']);
  });

  test('checks each part as what is expected of it, and nothing that nobody refers to', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}paths:\n  /a: { $ref: parts.yaml#/path }\ncomponents:\n  parameters:\n    P: { $ref: parts.yaml#/parameter }\n`,
        'parts.yaml': 'path: { gte: {} }\nparameter: { nam: limit, in: qeury }\nother: { type: strin }\n',
      },
      ['openapi.yaml'],
    );
    assert.deepEqual(
      foundIn(project, 'parts.yaml', only('unknown-field', 'field-value')).map((one) =>
        one.split(' ').slice(0, 2).join(' '),
      ),
      ['unknown-field 0:8', 'unknown-field 1:13', 'field-value 1:29'],
    );
  });

  test('knows tags, security schemes and operation ids of all its files', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}tags: [{ name: a }]\npaths:\n  /a: { $ref: a.yaml }\n  /b: { $ref: b.yaml }\ncomponents:\n  securitySchemes:\n    key: { type: http, scheme: bearer }\n`,
        'a.yaml': 'get: { operationId: same, tags: [a], security: [{ key: [] }] }\n',
        'b.yaml': 'get: { operationId: same, tags: [b], security: [{ kye: [] }] }\n',
      },
      ['openapi.yaml'],
    );
    const rules = only('tags-defined', 'security-scheme-exists', 'operation-id-unique');
    assert.deepEqual(rulesOf(foundIn(project, 'a.yaml', rules)), []);
    assert.deepEqual(rulesOf(foundIn(project, 'b.yaml', rules)).toSorted(), [
      'operation-id-unique',
      'security-scheme-exists',
      'tags-defined',
    ]);
  });

  test('checks a path item in another file against the path that refers to it', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}paths:\n  /a/{id}: { $ref: 'a {x}.yaml' }\n  /b/{id}: { $ref: '#/components/pathItems/B' }\ncomponents:\n  pathItems:\n    B: { get: { operationId: b } }\n`,
        'a {x}.yaml': 'parameters: [{ name: no, in: path, required: true }]\nget: { operationId: a }\n',
      },
      ['openapi.yaml'],
    );
    const rules = only('path-params-defined');
    assert.deepEqual(foundIn(project, 'a {x}.yaml', rules), [
      'path-params-defined 0:0 error `{id}` in the path `/a/{id}` is not declared as a parameter with `in: path`. [Declare the path parameter id]',
      'path-params-defined 0:21 error The path `/a/{id}` has no `{no}`, so this parameter never gets a value.',
    ]);
    assert.match(
      foundIn(project, 'openapi.yaml', rules).join('\n'),
      /^path-params-defined 7:4 [^\n]*`\/b\/\{id\}`[^\n]*$/,
    );
  });

  test('knows what other files use of its components', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}paths:\n  /a: { $ref: a.yaml }\ncomponents:\n  schemas:\n    Used: {}\n    Unused: {}\n`,
        'a.yaml':
          "get: { responses: { '200': { content: { a/b: { schema: { $ref: 'openapi.yaml#/components/schemas/Used' } } } } } }\n",
      },
      ['openapi.yaml'],
    );
    assert.match(
      foundIn(project, 'openapi.yaml', only('unused-component')).join(),
      /^unused-component 7:4 warning Nothing refers to `Unused`: use it, or take it out\.$/,
    );
  });

  test('validates examples against schemas of other files', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          content:\n            application/json:\n              schema: { $ref: a.yaml#/A }\n              example: { id: text }\n`,
        'a.yaml': "A: { properties: { id: { $ref: '#/Id' } } }\nId: { type: integer }\n",
      },
      ['openapi.yaml'],
    );
    assert.deepEqual(rulesOf(foundIn(project, 'openapi.yaml', only('media-type-example'))), [
      'media-type-example',
    ]);
  });

  test('says what is missing at the reference, in the file that holds it', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: gone.yaml#/A }\n    B: { $ref: 'b.yaml#/B' }\n`,
        'b.yaml': "B: { items: { $ref: 'c.yaml' } }\nC: {}\n",
      },
      ['openapi.yaml'],
    );
    assert.match(
      foundIn(project, 'openapi.yaml', only('unresolved-ref')).join('\n'),
      /^unresolved-ref 4:15 error [^\n]*no file `gone\.yaml`[^\n]*$/,
    );
    assert.match(
      foundIn(project, 'b.yaml', only('unresolved-ref')).join('\n'),
      /^unresolved-ref 0:20 error [^\n]*no file `c\.yaml`[^\n]*$/,
    );
  });

  test('does not leave its folder, and opens no URL', async () => {
    const asked: string[] = [];
    const project = new Project({
      read: (address) => {
        asked.push(address);
        return Promise.resolve(undefined);
      },
      folderOf: () => '/w/api',
    });
    const refs = [
      '../x.yaml',
      '/etc/passwd',
      'https://example.com/a.yaml',
      'file:///etc/passwd',
      '//host/a.yaml',
      'b/../../../y.yaml',
      '%2e%2e/z.yaml',
      'in.yaml',
    ];
    const schemas = refs.map((ref, at) => `    S${at}: { $ref: '${ref}' }\n`).join('');
    project.put('/w/api/openapi.yaml', project.read(`${head}components:\n  schemas:\n${schemas}`));
    await complete(project);
    assert.deepEqual(asked, ['/w/api/in.yaml']);
    const found = foundIn(project, 'api/openapi.yaml', only('unfollowed-ref', 'unresolved-ref'));
    assert.deepEqual(rulesOf(found), [...refs.slice(1).map(() => 'unfollowed-ref'), 'unresolved-ref']);
  });

  test('is left when nothing leads there any more', async () => {
    const texts = new Map([
      ['openapi.yaml', `${head}components:\n  schemas:\n    A: { $ref: a.yaml }\n`],
      ['a.yaml', 'type: strin\n'],
    ]);
    const project = await projectOf(texts, ['openapi.yaml', 'a.yaml']);
    assert.equal(isChecked(project, 'a.yaml'), true);
    const spec = specAt(project, 'openapi.yaml');
    const at = spec.text.indexOf('a.yaml');
    spec.edit({ start: at, end: at + 6, text: 'b.yaml' });
    await complete(project);
    assert.equal(isChecked(project, 'a.yaml'), false);
    assert.deepEqual(rulesOf(foundIn(project, 'openapi.yaml', only('unresolved-ref'))), ['unresolved-ref']);
    texts.set('b.yaml', 'type: string\n');
    assert.equal(project.changedOnDisk('/w/b.yaml'), true);
    await complete(project);
    assert.deepEqual(foundIn(project, 'openapi.yaml', only('unresolved-ref')), []);
    assert.equal(project.changedOnDisk('/w/unknown.yaml'), false);
  });

  test('has parts that belong to several descriptions checked once, by the first', async () => {
    const main = (id: string): string =>
      `${head}tags: [{ name: ${id} }]\npaths:\n  /a: { $ref: part.yaml }\n`;
    const project = await projectOf(
      { 'b.yaml': main('b'), 'a.yaml': main('a'), 'part.yaml': 'get: { tags: [b] }\n' },
      ['b.yaml', 'a.yaml'],
    );
    assert.match(
      foundIn(project, 'part.yaml', only('tags-defined')).join('\n'),
      /^tags-defined 0:14 [^\n]*`b`[^\n]*$/,
    );
  });

  test('is broken in one file without false alarms in the others', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: a.yaml#/A }\n`,
        'a.yaml': 'A: {}\nB: "open\n',
      },
      ['openapi.yaml'],
    );
    assert.deepEqual(foundIn(project, 'openapi.yaml', only('unresolved-ref')), []);
    assert.deepEqual(rulesOf(foundIn(project, 'a.yaml', only('syntax'))), ['syntax']);
  });

  test('mends a file with changes of that file alone', async () => {
    const project = await projectOf(
      {
        'openapi.yaml': `${head}tags: [{ name: orders }]\npaths:\n  /a: { $ref: a.yaml }\n`,
        'a.yaml': 'get: { tags: [ordres, quite-different] }\n',
      },
      ['openapi.yaml'],
    );
    const spec = specAt(project, 'a.yaml');
    const fixes = finish(new Check(spec, only('tags-defined')).steps()).all.map(({ fix }) => fix?.edits());
    assert.deepEqual(fixes, [[{ start: 14, end: 20, text: 'orders' }], []]);
  });

  test('has what a rule of a team finds in another file told where it leads there', async () => {
    const rule = defineRule({
      ...(allRules.find(({ id }) => id === 'syntax') ?? assert.fail()),
      id: 'team-rule',
      visit: {
        document(root, report, spec) {
          for (const item of root.childrenOf('paths')) {
            const at = spec.deref(item)?.get('get');
            if (at !== undefined) report({ at, message: 'Found.' });
          }
        },
      },
    });
    const project = await projectOf(
      {
        'openapi.yaml': `${head}paths:\n  /a: { $ref: a.yaml }\n  /b: { $ref: 'b.yaml#/x' }\n  /c: { get: {} }\n`,
        'a.yaml': 'get: {}\n',
        'b.yaml': 'x: { get: {} }\n',
      },
      ['openapi.yaml'],
    );
    assert.deepEqual(foundIn(project, 'openapi.yaml', { rules: [rule] }), [
      'team-rule 3:14 error Found.',
      'team-rule 4:14 error Found.',
      'team-rule 5:8 error Found.',
    ]);
  });

  test('breaks nobody when a schema moves to another file', async () => {
    const schema = '{ type: object, required: [id], properties: { id: { type: string } } }';
    const text = (a: string): string =>
      `${head}paths:\n  /a: { get: { responses: { '200': { content: { a/b: { schema: { $ref: '#/components/schemas/A' } } } } } } }\ncomponents:\n  schemas:\n    A: ${a}\n`;
    const breaks = async (part: string): Promise<readonly string[]> => {
      const project = await projectOf(
        { 'openapi.yaml': text("{ $ref: 'a.yaml#/A' }"), 'a.yaml': `A: ${part}\n` },
        ['openapi.yaml'],
      );
      const after = specAt(project, 'openapi.yaml');
      const base = finish(baseSteps({ text: text(schema), from: 'main' }, after));
      assert.ok(base);
      const told = finish(
        breakingSteps({ before: base.spec, after, from: 'main', severityOf: () => 'error' }),
      );
      return [...told.values()].flat().map(({ rule }) => rule);
    };
    assert.deepEqual(await breaks(schema), []);
  });
});
