import { basename } from '../../base/paths';
import { fact, listed } from '../fact';
import { componentSections } from '../openapi';
import type { OptionValues } from '../option';
import { flagOption } from '../option';
import { formatPointer } from '../pointer';
import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { NodeType } from '../shapes';
import type { Spec } from '../spec';
import { specOf } from '../spec';
import type { TreeNode } from '../tree';
import { refsIn } from '../walk';

const kinds = ['schemas', 'parameters', 'responses', 'requestBodies'] as const;
type Kind = (typeof kinds)[number];
const kindOf: ReadonlyMap<NodeType, Kind> = new Map<NodeType, Kind>([
  ['schema', 'schemas'],
  ['parameter', 'parameters'],
  ['response', 'responses'],
  ['requestBody', 'requestBodies'],
]);

const flags = {
  schemas: flagOption('schemas', true, 'Whether schemas are looked at.'),
  parameters: flagOption('parameters', true, 'Whether parameters are looked at.'),
  responses: flagOption('responses', true, 'Whether responses are looked at.'),
  requestBodies: flagOption('requestBodies', true, 'Whether request bodies are looked at.'),
} as const satisfies Record<Kind, unknown>;

interface Component {
  readonly kind: Kind;
  readonly node: TreeNode;
}

const referred = listed((view, spec): readonly Component[] =>
  refsIn(view).flatMap(({ node, type }) => {
    const kind = kindOf.get(type);
    const found = kind === undefined ? undefined : spec.deref(node);
    return kind === undefined || found === undefined ? [] : [{ kind, node: found }];
  }),
);

/** What a component is called when all files are put into one: by its key, or by its file. */
function nameOf(node: TreeNode): string {
  const key = node.path.at(-1);
  return key === undefined ? fileOf(node).replace(/\.[a-z]+$/i, '') : String(key);
}

const fileOf = (node: TreeNode): string => basename(specOf(node)?.others?.address ?? '');

/** The components that share their name with others of the kind, with all of that name. */
const twins = fact((home: Spec): ReadonlyMap<TreeNode, readonly TreeNode[]> => {
  const declared = componentSections(home).flatMap((section) =>
    section.children.flatMap((entry): readonly Component[] => {
      const kind = kinds.find((one) => one === section.key);
      const node = kind === undefined ? undefined : home.deref(entry);
      return kind === undefined || node === undefined ? [] : [{ kind, node }];
    }),
  );
  const byName = new Map<string, Set<TreeNode>>();
  for (const { kind, node } of [...declared, ...referred(home)]) {
    const name = `${kind} ${nameOf(node)}`;
    const known = byName.get(name) ?? new Set<TreeNode>();
    byName.set(name, known.add(node));
  }
  const clashing = [...byName.values()].filter((all) => all.size > 1);
  return new Map(clashing.flatMap((all) => [...all].map((node, _, twin) => [node, twin] as const)));
});

/** So many other places are named in a message. */
const mostNamed = 3;

const placeOf = (node: TreeNode): string => `${fileOf(node)}#${formatPointer(node.path.map(String))}`;

const check =
  (kind: Kind) =>
  (node: TreeNode, report: Report, spec: Spec, options: OptionValues): void => {
    const all = options.get(flags[kind]) ? twins(spec.home).get(node) : undefined;
    if (all === undefined) return;
    const named = all.slice(0, mostNamed + 1).filter((one) => one !== node);
    const places = named.slice(0, mostNamed).map((one) => `\`${placeOf(one)}\``);
    const more = all.length - 1 - places.length;
    report({
      at: node,
      message: `Put into one file, ${all.length} components would be called \`${nameOf(node)}\`: this one, ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    });
  };

export const componentNameUnique = defineRule({
  id: 'component-name-unique',
  summary: 'Components of all files have names of their own.',
  why: 'When a description is put into one file, components are named by their keys and files. Of two with one name, one is called otherwise than anybody wrote, and so is the class that is generated from it.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'component-name-unique',
    url: 'https://redocly.com/docs/cli/rules/oas/component-name-unique',
  },
  options: Object.values(flags),
  presets: [],
  bad: `components:
  schemas:
    Shop:
      type: object
      properties:
        Order: { type: string } # want
        last: { $ref: '#/components/schemas/Shop/properties/Order' }
    Order: { type: object } # want
`,
  good: `components:
  schemas:
    Shop:
      type: object
      properties:
        last: { $ref: '#/components/schemas/Order' }
    Order: { type: object }
`,
  wholeDocument: true,
  visit: {
    schema: check('schemas'),
    parameter: check('parameters'),
    response: check('responses'),
    requestBody: check('requestBodies'),
  },
});
