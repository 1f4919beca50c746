import type { CliCommand } from '../../../base/cli';
import { noSuchRule } from '../../errors';
import { ruleText } from '../../explain';
import { allRules } from '../../rules/index.gen';

export const rulesCommand: CliCommand = {
  name: 'rules',
  usage: '',
  summary: 'List the guideline rules.',
  positionals: { min: 0, max: 0 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  run(input, context) {
    const rules = allRules.map(({ id, severity, presets, source, summary, fixable = false }) => ({
      id,
      severity,
      presets,
      source,
      summary,
      fixable,
    }));
    const width = Math.max(...rules.map((rule) => rule.id.length));
    const lines = rules.map(
      (rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`,
    );
    context.out(input.flag('json') ? `${JSON.stringify({ rules }, null, 2)}\n` : lines.join(''));
    return Promise.resolve(0);
  },
};

export const explainCommand: CliCommand = {
  name: 'explain',
  usage: '<rule>',
  summary: 'Tell why a guideline rule exists, with a bad and a good example.',
  positionals: { min: 1, max: 1 },
  options: {},
  run(input, context) {
    const [id = ''] = input.positionals;
    const rule = allRules.find((one) => one.id === id);
    if (rule === undefined)
      throw noSuchRule(
        id,
        allRules.map((one) => one.id),
      );
    context.out(ruleText(rule));
    return Promise.resolve(0);
  },
};
