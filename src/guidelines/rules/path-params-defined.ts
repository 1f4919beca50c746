import { appendItem, canInsert, insertInto, spanWithin } from '../edit';
import { operationsOf, parametersOf, pathReferringTo, templateNames } from '../openapi';
import type { Fix, Report } from '../rule';
import { defineRule } from '../rule';
import type { Content } from '../render';
import type { Spec } from '../spec';
import type { Span, TreeNode } from '../tree';

function parameter(name: string, spec: Spec): Content {
  const type = spec.version === '2.0' ? { type: 'string' } : { schema: { type: 'string' } };
  return { name, in: 'path', required: true, ...type };
}

/** Declares the parameter for all operations of the path. */
function declare(item: TreeNode, name: string, spec: Spec): Fix | undefined {
  const list = item.get('parameters');
  const hasItems = list?.kind === 'list' && list.children.length > 0;
  if (!hasItems && (list !== undefined || !canInsert(item))) return undefined;
  return {
    title: `Declare the path parameter ${name}`,
    safe: false,
    edits: () =>
      hasItems
        ? appendItem(spec, list, parameter(name, spec))
        : insertInto(spec, item, ['parameters', [parameter(name, spec)]], ['summary', 'description']),
  };
}

/** A path item, and the path that it is for. */
interface Checked {
  readonly item: TreeNode;
  readonly path: string;
}

function isPathParameter(name: string): (one: TreeNode | undefined) => boolean {
  return (one) => one?.stringAt('in') === 'path' && one.stringAt('name') === name;
}

function placeholder({ item, path }: Checked, name: string, spec: Spec): Span | 'key' {
  const at = path.indexOf(`{${name}}`);
  return item.key !== path || item.keySpan === undefined || at < 0
    ? 'key'
    : spanWithin(spec, item.keySpan, path, [at, at + name.length + 2]);
}

/** Each `{name}` is declared for each operation; if for none, it is told once, where the name stands. */
function checkDeclared(checked: Checked, report: Report, spec: Spec): void {
  const { item, path } = checked;
  const operations = operationsOf(item).map((node) => ({ node, parameters: parametersOf(node, spec) }));
  // A parameter that can't be looked at may be the one; a path item or an operation that stands elsewhere has its own there.
  const isElsewhere = [item, ...operations.map(({ node }) => node)].some((one) => one.has('$ref'));
  if (isElsewhere || operations.some(({ parameters }) => parameters.includes(undefined))) return;
  for (const name of new Set(templateNames(path))) {
    const without = operations.filter(({ parameters }) => !parameters.some(isPathParameter(name)));
    const [first] = without;
    if (first === undefined) continue;
    const inAll = without.length === operations.length;
    const rest = {
      message: `\`{${name}}\` in the path${item.key === path ? '' : ` \`${path}\``} is not declared as a parameter with \`in: path\`${inAll ? '' : ' here'}.`,
    };
    const fix = declare(item, name, spec);
    if (inAll) report({ at: item, on: placeholder(checked, name, spec), ...rest, fix });
    else for (const { node } of without) report({ at: node, ...rest });
  }
}

/** Each declared path parameter stands in the path. */
function checkUsed({ item, path }: Checked, report: Report, spec: Spec): void {
  const names = new Set(templateNames(path));
  const holders = [item, ...operationsOf(item)];
  for (const entry of holders.flatMap((holder) => holder.childrenOf('parameters'))) {
    const found = spec.deref(entry);
    const name = found?.stringAt('name');
    if (found?.stringAt('in') !== 'path' || name === undefined || names.has(name)) continue;
    const at = (found === entry.actual ? found.get('name') : entry.get('$ref')) ?? entry;
    report({
      at,
      on: 'value',
      message: `The path${item.key === path ? '' : ` \`${path}\``} has no \`{${name}}\`, so this parameter never gets a value.`,
    });
  }
}

function check(checked: Checked, report: Report, spec: Spec): void {
  checkDeclared(checked, report, spec);
  checkUsed(checked, report, spec);
}

function checkRequired(node: TreeNode, report: Report, spec: Spec): void {
  if (node.stringAt('in') !== 'path' || node.get('required')?.value === true) return;
  const at = node.get('required') ?? node.get('name') ?? node;
  report({
    at,
    message: 'A path parameter is always there: it has `required: true`.',
    fix:
      node.has('required') || !canInsert(node)
        ? undefined
        : {
            title: 'Add required: true',
            safe: true,
            edits: () => insertInto(spec, node, ['required', true], ['name', 'in', 'description']),
          },
  });
}

export const pathParamsDefined = defineRule({
  id: 'path-params-defined',
  summary:
    'Each `{parameter}` of a path is declared, each declared one stands in the path, and all are required.',
  why: 'A placeholder without a declaration has no type and no meaning, and a client can’t be made that fills it in.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Path Templating',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#path-templating',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders/{orderId}: # want
    get:
      operationId: getOrder
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getOrder
      summary: Get an order
      responses:
        '200': { description: The order }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    path(item, report, spec) {
      check({ item, path: item.key ?? '' }, report, spec);
    },
    // One that paths refer to, in this file or in another.
    pathItem(item, report, spec) {
      const path = pathReferringTo(item);
      if (path !== undefined) check({ item, path }, report, spec);
    },
    parameter: checkRequired,
  },
});
