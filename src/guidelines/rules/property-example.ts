import { hasAny } from '../layout';
import { flagOption } from '../option';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const plain = new Set(['string', 'number', 'integer', 'boolean', 'null']);
const isTold = hasAny(['example', 'examples', 'enum', 'const', 'default', 'allOf', 'anyOf', 'oneOf']);

const strict = flagOption(
  'strict',
  false,
  'Whether only `example` and `examples` count, also behind references; else `enum`, `default` and the like do as well.',
);
const hasExamples = hasAny(['example', 'examples', 'allOf', 'anyOf', 'oneOf']);

function isPlain(type: TreeNode): boolean {
  if (type.kind === 'list') return type.children.every((one) => isPlain(one));
  return type.string === undefined || plain.has(type.string);
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
      const isGiven = isStrict ? hasExamples : isTold;
      for (const entry of node.children) {
        const property = isStrict ? spec.deref(entry) : entry;
        if (property === undefined) continue;
        const type = property.get('type');
        if (type === undefined || isGiven(property)) continue;
        if (property.stringAt('format') === 'binary' || !isPlain(type.actual)) continue;
        report({ at: entry, message: `Show in an example what \`${entry.key}\` looks like.` });
      }
    },
  },
});
