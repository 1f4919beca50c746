import { replaceValue } from '../edit';
import { fact, listed } from '../fact';
import { defineRule } from '../rule';
import { isPartOfSchema } from '../schemas';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';

const elsewhere = [
  'allOf',
  'anyOf',
  'oneOf',
  '$ref',
  'if',
  'patternProperties',
  'additionalProperties',
  '$dynamicRef',
];

/** The names of the properties when they all stand here; undefined when some may come from somewhere else. */
function propertyNames(schema: TreeNode): readonly string[] | undefined {
  const properties = schema.get('properties')?.actual;
  const isOpen = elsewhere.some((key) => schema.has(key) && schema.get(key)?.value !== false);
  if (properties?.kind !== 'map' || properties.has('<<') || isOpen || isPartOfSchema(schema))
    return undefined;
  return properties.children.flatMap((child) => child.key ?? []);
}

/** Schemas of which another is a part by `allOf`, by that part. */
const wholes = fact((spec: Spec) => {
  const found = new Map<TreeNode, TreeNode[]>();
  for (const ref of partReferences(spec)) {
    const part = spec.deref(ref);
    const whole = ref.parent?.parent;
    if (part !== undefined && whole !== undefined) found.set(part, [...(found.get(part) ?? []), whole]);
  }
  return found;
});

const partReferences = listed((view) => view.nodes('ref').filter((one) => one.parent?.key === 'allOf'));

const mostDeep = 8;

/** Whether a schema, or one that it is put together from, has the property. */
function hasProperty(schema: TreeNode, name: string, spec: Spec, depth = 0): boolean {
  if (schema.get('properties')?.actual.has(name) === true) return true;
  if (depth > mostDeep) return false;
  return [...schema.childrenOf('allOf'), ...schema.childrenOf('anyOf'), ...schema.childrenOf('oneOf')].some(
    (part) => {
      const meant = spec.deref(part);
      return meant !== undefined && hasProperty(meant, name, spec, depth + 1);
    },
  );
}

const composing = new Set(['allOf', 'anyOf', 'oneOf']);

/** The schemas that one is a part of: by reference, or where it is written. */
function wholesAround(schema: TreeNode, spec: Spec): readonly TreeNode[] {
  const written = composing.has(schema.parent?.key ?? '') ? schema.parent?.parent : undefined;
  return [...(wholes(spec).get(schema) ?? []), ...(written === undefined ? [] : [written])];
}

/** Whether a schema that this one is a part of, directly or through others, has the property. */
function isDefinedAround(schema: TreeNode, name: string, spec: Spec): boolean {
  const seen = new Set(wholesAround(schema, spec));
  // What is added on the way is looked at as well.
  for (const whole of seen) {
    if (hasProperty(whole, name, spec)) return true;
    for (const outer of wholesAround(whole, spec)) seen.add(outer);
  }
  return false;
}

export const requiredDefined = defineRule({
  id: 'required-defined',
  summary: 'Each property under `required` is defined under `properties`.',
  why: 'A name that is required and nowhere defined is mostly a slip or left over from a rename, and it makes every sound message invalid.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-required-schema-properties-undefined',
    url: 'https://redocly.com/docs/cli/rules/oas/no-required-schema-properties-undefined',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      type: object
      required:
        - custommer # want
      properties:
        customer: { type: string }
`,
  good: `components:
  schemas:
    Order:
      type: object
      required:
        - customer
      properties:
        customer: { type: string }
`,
  visit: {
    'schema.required'(node, report, spec) {
      const names = propertyNames(node);
      if (names === undefined) return;
      for (const item of node.childrenOf('required')) {
        const name = item.string;
        if (name === undefined || names.includes(name)) continue;
        if (isDefinedAround(node, name, spec)) continue;
        const meant = meantBy(name, names);
        const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
        report({
          at: item,
          message: `\`${name}\` is required and not defined under \`properties\`.${hint}`,
          fix:
            meant === undefined
              ? undefined
              : { title: `Rename to ${meant}`, safe: false, edits: () => replaceValue(spec, item, meant) },
        });
      }
    },
  },
});
