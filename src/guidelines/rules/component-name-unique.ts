import { basename } from '../../base/paths';
import { counted, fact } from '../fact';
import { componentSections } from '../openapi';
import type { OptionValues } from '../option';
import { flagOption } from '../option';
import { formatPointer, parsePointer } from '../pointer';
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

/** A component by what is written of it: so an edit within one asks nobody anew. */
interface Named {
  readonly kind: string;
  /** The file of the reference or the component. */
  readonly address: string;
  readonly ref: string;
}

const parts = ({ kind, address, ref }: Named): string => `${kind}\n${address}\n${ref}`;

function namedIn(text: string): Named {
  const [kind = '', address = '', ref = ''] = text.split('\n');
  return { kind, address, ref };
}

const addressOf = (spec: Spec | undefined): string => spec?.others?.address ?? '';

const referred = counted((view) =>
  refsIn(view).flatMap(({ node, type }) => {
    const [kind, ref] = [kindOf.get(type), node.stringAt('$ref')];
    return kind === undefined || ref === undefined
      ? []
      : [parts({ kind, ref, address: addressOf(specOf(node)) })];
  }),
);

const declared = fact((home: Spec): readonly string[] =>
  componentSections(home).flatMap((section) => {
    const kind = kinds.find((one) => one === section.key);
    const refOf = (key: string): string => `#${formatPointer([...section.path.map(String), key])}`;
    return kind === undefined
      ? []
      : section.keys.map((key) => parts({ kind, ref: refOf(key), address: addressOf(home) }));
  }),
);

/** What a component is called when all files are put into one: by its key, or by its file. */
function nameOf(node: TreeNode): string {
  const key = node.path.at(-1);
  return key === undefined ? withoutExtension(fileOf(node)) : String(key);
}

/** The same as far as the reference tells. */
function nameIn({ ref }: Named): string {
  const [file = '', pointer = ''] = ref.split('#');
  return parsePointer(pointer).at(-1) ?? withoutExtension(basename(file));
}

const withoutExtension = (file: string): string => file.replace(/\.[a-z]+$/i, '');

const fileOf = (node: TreeNode): string => basename(addressOf(specOf(node)));

function nodeOf({ address, ref }: Named, home: Spec): TreeNode | undefined {
  const writer = (home.others?.members ?? []).find((one) => addressOf(one) === address) ?? home;
  return writer.deref(writer.resolve(ref));
}

/** The components that share their name with others of the kind, with all of that name. */
const twins = fact((home: Spec): ReadonlyMap<TreeNode, readonly TreeNode[]> => {
  const byName = new Map<string, string[]>();
  for (const text of new Set([...declared(home), ...referred(home).keys()])) {
    const named = namedIn(text);
    const name = `${named.kind} ${nameIn(named)}`;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [text]);
    else known.push(text);
  }
  // What several ways lead to may be one thing, and be called otherwise.
  const clashing = [...byName.values()].filter((all) => all.length > 1).flat();
  const nodes = new Map<string, Set<TreeNode>>();
  for (const text of clashing.toSorted()) {
    const named = namedIn(text);
    const node = nodeOf(named, home);
    if (node === undefined) continue;
    const name = `${named.kind} ${nameOf(node)}`;
    nodes.set(name, (nodes.get(name) ?? new Set()).add(node));
  }
  const several = [...nodes.values()].filter((all) => all.size > 1);
  return new Map(several.flatMap((all) => [...all].map((node, _, twin) => [node, twin] as const)));
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
