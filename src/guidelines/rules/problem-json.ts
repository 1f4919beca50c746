import { renameKey } from '../edit';
import { fact, listed } from '../fact';
import { isClass } from '../http';
import { responsesOf } from '../openapi';
import { defineRule } from '../rule';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const problemType = 'application/problem+json';
const isProblem = (mediaType: string): boolean => /\bproblem\+(?:json|xml|cbor)\b/i.test(mediaType);
const isJson = (mediaType: string): boolean => /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);
/** From here on an API that knows no problems is told so once, not at each of its responses. */
const many = 20;

interface ErrorFormats {
  /** The JSON media types of error responses that offer no problem, each once, where it is written. */
  readonly plain: readonly TreeNode[];
  readonly usesProblems: boolean;
}

function isError(code: string, codes: readonly string[]): boolean {
  if (code === 'default') return codes.some((one) => isClass(one, 2) || isClass(one, 3));
  return isClass(code, 4) || isClass(code, 5);
}

/** The media types of the error responses of operations: the problem alone where there is one, else all that are JSON. */
const errorTypes = listed((view, spec) =>
  view.nodes('operation').flatMap((operation) => {
    const responses = responsesOf(operation);
    const codes = responses.map(({ code }) => code);
    return responses.flatMap(({ code, node }) => {
      const types = isError(code, codes) ? (spec.deref(node)?.childrenOf('content') ?? []) : [];
      const problem = types.find((type) => isProblem(type.key ?? ''));
      return problem === undefined ? types.filter((one) => isJson(one.key ?? '')) : [problem];
    });
  }),
);

const errorFormats = fact((spec: Spec): ErrorFormats => {
  const all = [...new Set(errorTypes(spec))];
  const plain = all.filter((type) => !isProblem(type.key ?? ''));
  return { plain: plain.toSorted((a, b) => a.start - b.start), usesProblems: plain.length < all.length };
});

function tell(at: TreeNode, more: string, report: Report, spec: Spec): void {
  report({
    at,
    message: `Errors have one form that every client knows, \`${problemType}\` (RFC 9457); this one has its own${more}.`,
    fix: {
      title: `Change to ${problemType}`,
      safe: false,
      edits: () => renameKey(spec, at, problemType),
    },
  });
}

export const problemJson = defineRule({
  id: 'problem-json',
  summary: 'Errors are answered as `application/problem+json`.',
  why: 'When all services tell errors in one form, a client handles them in one place, and gateways and logs understand them too.',
  severity: 'info',
  source: { guideline: 'RFC 9457', ref: '3', url: 'https://www.rfc-editor.org/rfc/rfc9457.html#section-3' },
  fixable: true,
  presets: ['recommended', 'strict', 'zalando'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200': { description: The orders }
        '400':
          description: The query is wrong
          content:
            application/json: # want
              schema: { type: object }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400':
          description: The query is wrong
          content:
            application/problem+json:
              schema: { type: object }
`,
  wholeDocument: true,
  visit: {
    document(_root, report, spec) {
      const { plain, usesProblems } = errorFormats(spec);
      const [first] = plain;
      if (first === undefined) return;
      if (!usesProblems && plain.length > many)
        tell(first, ` and so have the ${plain.length - 1} other error responses of this API`, report, spec);
      else for (const one of plain) tell(one, '', report, spec);
    },
  },
});
