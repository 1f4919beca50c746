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
      const isIdle = (key: string): boolean => typeFor.get(key)?.some((one) => types.has(one)) === false;
      for (const child of node.childrenBut((key) => !isIdle(key))) {
        const wanted = typeFor.get(child.key ?? '');
        if (wanted === undefined || !isIdle(child.key ?? '')) continue;
        const said = [...types].map((one) => `\`${one}\``).join(' and ');
        report({
          at: child,
          message: `\`${child.key}\` is for ${wanted[0]}s, and the type here is ${said}, so it says nothing.`,
        });
      }
    },
  },
});
