import { byKeys } from '../layout';
import { typesOf } from '../schemas';
import { defineRule } from '../rule';

/**
 * The types that a keyword speaks about (JSON Schema Validation, section 6). `uniqueItems` is not among them: generators write it to every
 * parameter, and nobody counts on it where there is no list.
 */
const typeFor: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    string: 'maxLength minLength pattern',
    number: 'maximum minimum exclusiveMaximum exclusiveMinimum multipleOf',
    array: 'items prefixItems maxItems minItems contains maxContains minContains unevaluatedItems',
    object:
      'properties patternProperties additionalProperties required maxProperties minProperties propertyNames dependentRequired unevaluatedProperties',
  }).flatMap(([type, keywords]) =>
    keywords
      .split(' ')
      .map((keyword) => [keyword, type === 'number' ? ['number', 'integer'] : [type]] as const),
  ),
);

const allTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** The types that one of the keywords of a schema says nothing of. */
const idleFor = byKeys(
  ({ keys }): ReadonlySet<string> =>
    new Set(allTypes.filter((type) => keys.some((key) => typeFor.get(key)?.includes(type) === false))),
);

export const schemaTypeKeywords = defineRule({
  id: 'schema-type-keywords',
  summary: 'The keywords of a schema fit its type.',
  why: '`maxLength` on a number or `properties` on a list says nothing: validators pass over it, so a limit that you count on is not there.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-schema-type-mismatch',
    url: 'https://redocly.com/docs/cli/rules/common/no-schema-type-mismatch',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `components:
  schemas:
    Price:
      type: integer
      maxLength: 8 # want
`,
  good: `components:
  schemas:
    Price:
      type: integer
      maximum: 99999999
`,
  visit: {
    schema(node, report) {
      const type = node.get('type');
      if (type === undefined) return;
      const types = typesOf(node);
      if (types.size === 0) return;
      const [only] = types;
      if (only !== undefined && types.size === 1 && !idleFor(node).has(only)) return;
      for (const child of node.children) {
        const wanted = typeFor.get(child.key ?? '');
        if (wanted === undefined || wanted.some((one) => types.has(one))) continue;
        const said = [...types].map((one) => `\`${one}\``).join(' and ');
        report({
          at: child,
          message: `\`${child.key}\` is for ${wanted[0]}s, and the type here is ${said}, so it says nothing.`,
        });
      }
    },
  },
});
