import { counted, fact } from '../fact';
import { componentSections } from '../openapi';
import { parsePointer } from '../pointer';
import { refsHere } from '../references';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const nameOf = (section: string, name: string): string => `${section}\n${name}`;

const operations = counted((view) => view.nodes('operation').map(() => ''));
const schemes = counted((view) =>
  view.nodes('securityRequirement').flatMap((one) => one.children.flatMap((scheme) => scheme.key ?? [])),
);
const mapped = counted((view) =>
  view
    .nodes('discriminator')
    .flatMap((one) => one.childrenOf('mapping').map((target) => target.string ?? '')),
);

/** Section and name of each component that something in the description refers to. */
const usedNames = fact((spec: Spec): ReadonlySet<string> => {
  const used = new Set<string>();
  const depth = spec.version === '2.0' ? 0 : 1;
  const note = (ref: string): void => {
    const [section = '', name = ''] = parsePointer(ref.slice(ref.indexOf('#') + 1)).slice(depth);
    used.add(nameOf(section, name));
  };
  for (const ref of refsHere(spec).keys()) note(ref);
  for (const pointer of spec.others?.usedFromElsewhere ?? []) note(pointer);
  for (const value of mapped(spec).keys())
    if (value.includes('#')) note(value);
    else used.add(nameOf('schemas', value));
  for (const scheme of schemes(spec).keys()) used.add(nameOf('securitySchemes', scheme));
  return used;
});

/** A schema that extends one with a discriminator is chosen by its name in the data. */
function isChosenByDiscriminator(schema: TreeNode, spec: Spec): boolean {
  return schema.childrenOf('allOf').some((base) => spec.deref(base)?.has('discriminator') === true);
}

/**
 * Files that can't be looked into may use what stands here; without operations it is a library for others. What stands at an address of
 * the web knows nothing of this file.
 */
const isAllKnown = fact(
  (spec: Spec): boolean =>
    operations(spec).size > 0 &&
    [...refsHere(spec).keys()].every((ref) => /^(?:#|https?:)/.test(ref) || spec.resolve(ref) !== undefined),
);

export const unusedComponent = defineRule({
  id: 'unused-component',
  summary: 'Every component is referred to from somewhere.',
  why: 'A component that nothing uses is read, kept up and argued about for nothing, and often shows that a `$ref` was forgotten.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Components Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#components-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /health:
    get:
      operationId: getHealth
      responses:
        '204': { description: Healthy }
components:
  schemas:
    Order: # want
      type: object
`,
  good: `paths:
  /order:
    get:
      operationId: getOrder
      summary: Get the order
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
components:
  schemas:
    Order:
      type: object
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      if (!isAllKnown(spec)) return;
      const used = usedNames(spec);
      for (const section of componentSections(spec))
        // The keys alone change rarely: an entry is looked up only where its name is used nowhere.
        for (const key of section.keys) {
          if (key === '<<' || used.has(nameOf(section.key ?? '', key))) continue;
          const component = section.get(key);
          if (component === undefined || isChosenByDiscriminator(component, spec)) continue;
          if (component.has('$anchor') || component.has('$dynamicAnchor') || component.has('$id')) continue;
          report({
            at: component,
            message: `Nothing refers to \`${key}\`: use it, or take it out.`,
          });
        }
    },
  },
});
