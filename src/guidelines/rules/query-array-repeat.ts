import { lyst } from '../guides';
import { defineRule } from '../rule';
import type { Report } from '../rule';
import { isOfType } from '../schemas';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const message =
  'Give each value of the list a parameter of its own (`?age=25&age=26`): separated values break as soon as one holds the separator.';

function old(parameter: TreeNode, report: Report): void {
  const format = parameter.get('collectionFormat');
  if (!isOfType(parameter, 'array') || format?.string === 'multi') return;
  report({ at: format ?? parameter.get('name') ?? parameter, on: 'value', message });
}

function present(parameter: TreeNode, report: Report, spec: Spec): void {
  const style = parameter.get('style');
  const explode = parameter.get('explode');
  const isSeparated = explode?.value === false || /^(?:space|pipe)Delimited$/.test(style?.string ?? '');
  if (!isSeparated) return;
  const schema = spec.deref(parameter.get('schema'));
  if (schema === undefined || !isOfType(schema, 'array')) return;
  report({ at: explode ?? style ?? parameter, on: 'value', message });
}

export const queryArrayRepeat = defineRule({
  id: 'query-array-repeat',
  summary: 'A list in the query repeats its parameter.',
  why: 'Every HTTP library can send and read a parameter several times. Lists with separators need code on both sides that agrees on how to quote them.',
  severity: 'info',
  source: lyst('Filtering'),
  presets: ['lyst'],
  bad: `components:
  parameters:
    Ages:
      name: age
      in: query
      explode: false # want
      schema: { type: array, items: { type: integer } }
`,
  good: `components:
  parameters:
    Ages:
      name: age
      in: query
      schema: { type: array, items: { type: integer } }
`,
  wholeDocument: true,
  visit: {
    parameter(node, report, spec) {
      if (node.stringAt('in') !== 'query') return;
      if (spec.version === '2.0') old(node, report);
      else present(node, report, spec);
    },
  },
});
