import { renameKey } from '../edit';
import { byKeys } from '../layout';
import type { Rule } from '../rule';
import { defineRule } from '../rule';
import type { NodeType, Shape } from '../shapes';
import { nodeTypes, shapesOf } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy, wordsOf } from '../words';

const spoken: Readonly<Partial<Record<NodeType, string>>> = {
  document: 'the root',
  asyncDocument2: 'the root',
  asyncDocument3: 'the root',
  arazzoDocument: 'the root',
  overlayDocument: 'the root',
  asyncInfo: '`info`',
  arazzoInfo: '`info`',
  overlayInfo: '`info`',
  asyncComponents: '`components`',
  info: '`info`',
  pathItem: 'a path',
  operation: 'an operation',
  items: '`items`',
  mediaType: 'a media type',
  requestBody: 'a request body',
  components: '`components`',
  securityScheme: 'a security scheme',
  externalDocs: '`externalDocs`',
  serverVariable: 'a server variable',
  oauthFlows: '`flows`',
  oauthFlow: 'an OAuth flow',
  xml: '`xml`',
  example: 'an example',
  encoding: 'an encoding',
};

const isKnown = ({ fields }: Shape, key: string): boolean =>
  Object.hasOwn(fields, key) || key.startsWith('x-') || key.startsWith('$') || key === '<<';

const known = new WeakMap<Shape, (node: TreeNode) => boolean>();

/** Whether all keys of an object are fields of its shape, or can be anybody's own. */
function areAllKnown(node: TreeNode, shape: Shape): boolean {
  const answer = known.get(shape) ?? byKeys(({ keys }) => keys.every((key) => isKnown(shape, key)));
  known.set(shape, answer);
  return answer(node);
}

/** JSON Schema lets anybody add keywords, so in a schema only what looks like a slip of the pen is told. */
const shortestSlip = 5;

function checkFields(
  type: NodeType,
  node: TreeNode,
  spec: Spec,
): readonly (readonly [TreeNode, string | undefined])[] {
  const shape = shapesOf(spec.version)[type];
  // A map of anything has nothing that is not known, and mostly all is.
  if (!shape.closed && type !== 'schema') return [];
  if (areAllKnown(node, shape)) return [];
  return node.children.flatMap((child) => {
    const key = child.key ?? '';
    if (isKnown(shape, key)) return [];
    const meant = meantBy(
      key,
      Object.keys(shape.fields).filter((field) => !node.has(field)),
    );
    if (type === 'schema' && (meant === undefined || key.length < shortestSlip)) return [];
    return shape.closed || type === 'schema' ? [[child, meant] as const] : [];
  });
}

function formatOf({ version }: Spec): string {
  if (version === '2.0') return 'Swagger 2.0';
  const [name = ''] = version.split('-');
  const names: Readonly<Record<string, string>> = {
    asyncapi: 'AsyncAPI',
    arazzo: 'Arazzo',
    overlay: 'Overlay',
  };
  return names[name] ?? 'OpenAPI';
}

/** `asyncChannel2` is `a channel` to a reader. */
function inWords(type: string): string {
  const word = wordsOf(type.replace(/\d$/, '').replace(/^(?:async|arazzo|overlay)(?=[A-Z])/, '')).join(' ');
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

function visitOf(type: NodeType): NonNullable<Rule['visit'][NodeType]> {
  return (node, report, spec) => {
    for (const [child, meant] of checkFields(type, node, spec)) {
      const where = spoken[type] ?? inWords(type);
      const version = formatOf(spec);
      const hint = meant === undefined ? ' Own fields start with `x-`.' : ` Did you mean \`${meant}\`?`;
      report({
        at: child,
        message: `${version} has no field \`${child.key}\` in ${where}, so tools ignore it.${hint}`,
        fix:
          meant === undefined
            ? undefined
            : { title: `Rename to ${meant}`, safe: true, edits: () => renameKey(spec, child, meant) },
      });
    }
  };
}

export const unknownField = defineRule({
  id: 'unknown-field',
  summary: 'Objects have only fields that the specification knows, or that start with `x-`.',
  why: 'A field with a slip in its name is no error for most tools: they pass over it, and what it says is missing from documentation and clients.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Specification Extensions',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#specification-extensions',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get:
      operationID: listOrders # want
      sumary: List orders # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: Object.fromEntries(nodeTypes.map((type) => [type, visitOf(type)])),
});
