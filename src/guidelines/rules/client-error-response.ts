import { canInsert, insertAfter, insertInto } from '../edit';
import { isClass, reasonOf } from '../http';
import { isCallback, isWebhook, methodOf, parametersOf, pathOf, responsesOf } from '../openapi';
import type { OptionValues } from '../option';
import { flagOption, textsOption } from '../option';
import type { Content } from '../render';
import type { Fix } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const always = flagOption('always', false, 'Whether it is asked also where a caller can do nothing wrong.');
const webhooks = flagOption('webhooks', false, 'Whether webhooks are looked at as well.');
const callbacks = flagOption('callbacks', false, 'Whether callbacks are looked at as well.');
const byDefault = flagOption(
  'default',
  true,
  'Whether the `default` response counts as an answer to a wrong call.',
);
const exceptMethods = textsOption('exceptMethods', [], 'Methods of which it is not asked, as `head`.');

function isAsked(operation: TreeNode, options: OptionValues): boolean {
  if (isCallback(operation) && !options.get(callbacks)) return false;
  if (isWebhook(operation) ? !options.get(webhooks) : pathOf(operation) === undefined) return false;
  const method = methodOf(operation);
  return !options.get(exceptMethods).some((one) => one.toLowerCase() === method);
}

/** Whether a caller can do anything wrong: an operation without input that needs no key always succeeds, or the server is at fault. */
function takesInput(operation: TreeNode, spec: Spec): boolean {
  const path = pathOf(operation) ?? '';
  const security = operation.get('security') ?? spec.root.get('security');
  return (
    path.includes('{') ||
    operation.has('requestBody') ||
    parametersOf(operation, spec).length > 0 ||
    (security?.actual.children.length ?? 0) > 0
  );
}

/** The document's own schema of errors, if it has one; else the members that RFC 9457 gives to a problem. */
function problemSchema(spec: Spec): Content {
  const section = spec.version === '2.0' ? '#/definitions' : '#/components/schemas';
  const own = spec.resolve(section)?.children.find((schema) => /problem/i.test(schema.key ?? ''));
  if (own?.key !== undefined) return { $ref: `${section}/${own.key}` };
  const members = ['type', 'title', 'detail', 'instance'].map((name) => [name, { type: 'string' }] as const);
  return { type: 'object', properties: { ...Object.fromEntries(members), status: { type: 'integer' } } };
}

function problemResponse(code: string, spec: Spec): Content {
  const description = reasonOf(code) ?? 'Error';
  const schema = problemSchema(spec);
  return spec.version === '2.0'
    ? { description, schema }
    : { description, content: { 'application/problem+json': { schema } } };
}

function fixOf(operation: TreeNode, spec: Spec): Fix | undefined {
  const responses = operation.get('responses');
  if (responses === undefined || !canInsert(responses)) return undefined;
  const code = pathOf(operation)?.endsWith('}') === true ? '404' : '400';
  const before = responses.children.filter((child) => /^[1-3]/.test(child.key ?? '')).at(-1);
  return {
    title: `Add a ${code} response with a problem`,
    safe: false,
    edits: () => {
      const entry = [code, problemResponse(code, spec)] as const;
      return before === undefined ? insertInto(spec, responses, entry) : insertAfter(spec, before, entry);
    },
  };
}

export const clientErrorResponse = defineRule({
  id: 'client-error-response',
  summary: 'Each operation that can be called wrongly says what it answers then.',
  why: 'Callers write their error handling from the description. What it leaves out they find out in production.',
  severity: 'warning',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '151',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#151',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'redocly-recommended', 'zalando', 'owasp', 'lyst', 'heroku'],
  options: [always, webhooks, callbacks, byDefault, exceptMethods],
  bad: `paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      responses: # want
        '200': { description: The order }
`,
  good: `paths:
  /order:
    get:
      operationId: getOrder
      summary: Get the order
      parameters:
        - { name: orderId, in: query, schema: { type: string } }
      responses:
        '200': { description: The order }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec, options) {
      const responses = node.get('responses');
      if (responses === undefined || responses.has('$ref') || !isAsked(node, options)) return;
      const isDefault = options.get(byDefault);
      if (responsesOf(node).some(({ code }) => (isDefault && code === 'default') || isClass(code, 4))) return;
      if (!options.get(always) && !takesInput(node, spec)) return;
      report({
        at: responses,
        message: `Say what this operation answers to a wrong call: it has no 4xx${isDefault ? ' and no `default`' : ''} response.`,
        fix: fixOf(node, spec),
      });
    },
  },
});
