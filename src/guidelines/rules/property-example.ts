import { flagOption } from '../option';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const plain = new Set(['string', 'number', 'integer', 'boolean', 'null']);
const telling = new Set(['example', 'examples', 'enum', 'const', 'default', 'allOf', 'anyOf', 'oneOf']);

const strict = flagOption(
  'strict',
  false,
  'Whether only `example` and `examples` count, also behind references; else `enum`, `default` and the like do as well.',
);
const examplesOnly = new Set(['example', 'examples', 'allOf', 'anyOf', 'oneOf']);

function isPlain(type: TreeNode): boolean {
  const all = type.kind === 'list' ? type.children : [type];
  return all.every(({ string }) => string === undefined || plain.has(string));
}

export const propertyExample = defineRule({
  id: 'property-example',
  summary: 'Each property that is a plain value has an example.',
  why: 'A sample value says in a blink what a description needs a sentence for, and mock servers and documentation show it.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'scalar-property-missing-example',
    url: 'https://redocly.com/docs/cli/rules/oas/scalar-property-missing-example',
  },
  presets: ['strict'],
  options: [strict],
  bad: `components:
  schemas:
    Customer:
      type: object
      properties:
        name: { type: string } # want
`,
  good: `components:
  schemas:
    Customer:
      type: object
      properties:
        name: { type: string, examples: [Ada] }
`,
  visit: {
    properties(node, report, spec, options) {
      const isStrict = options.get(strict);
      const known = isStrict ? examplesOnly : telling;
      for (const entry of node.children) {
        const property = isStrict ? spec.deref(entry) : entry;
        if (property === undefined) continue;
        const type = property.get('type');
        if (type === undefined || property.children.some((one) => known.has(one.key ?? ''))) continue;
        if (property.stringAt('format') === 'binary' || !isPlain(type.actual)) continue;
        report({ at: entry, message: `Show in an example what \`${entry.key}\` looks like.` });
      }
    },
  },
});
