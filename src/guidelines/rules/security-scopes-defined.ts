import { replaceValue } from '../edit';
import { fact } from '../fact';
import { securitySchemes } from '../openapi';
import { flagOption } from '../option';
import type { Spec } from '../spec';
import { meantBy } from '../words';
import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const required = flagOption(
  'required',
  false,
  'Whether `security` has to name a scope where the scheme has scopes.',
);

/** The scopes of each OAuth 2 scheme; others (and those in other files) have no list. */
const scopes = fact((spec: Spec): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, ReadonlySet<string>>();
  for (const entry of securitySchemes(spec)) {
    const scheme = spec.deref(entry);
    if (scheme?.stringAt('type') !== 'oauth2') continue;
    const flows = spec.version === '2.0' ? [scheme] : scheme.childrenOf('flows');
    found.set(entry.key ?? '', new Set(flows.flatMap((flow) => flow.get('scopes')?.actual.keys ?? [])));
  }
  return found;
});

/** The types of the schemes that know no scopes: until OpenAPI 3.1 gave their list to roles, it has to be empty. */
const withoutScopes = fact((spec: Spec): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  if (spec.version !== '2.0' && spec.version !== '3.0') return found;
  for (const entry of securitySchemes(spec)) {
    const type = spec.deref(entry)?.stringAt('type') ?? '';
    if (['apiKey', 'basic', 'http', 'mutualTLS'].includes(type)) found.set(entry.key ?? '', type);
  }
  return found;
});

function tellNotEmpty(entry: TreeNode, report: Report, spec: Spec): void {
  const type = withoutScopes(spec).get(entry.key ?? '');
  if (type !== undefined)
    report({
      at: entry,
      message: `A scheme of the type \`${type}\` knows no scopes, so the list is empty before OpenAPI 3.1.`,
    });
}

function tellNone(entry: TreeNode, report: Report, spec: Spec): void {
  if (scopes(spec).has(entry.key ?? ''))
    report({ at: entry, message: `Name at least one scope of \`${entry.key}\`.` });
}

export const securityScopesDefined = defineRule({
  id: 'security-scopes-defined',
  summary: 'The scopes that `security` asks for are defined in the scheme.',
  why: 'A client asks for the scopes by the names in the scheme. One that is missing there, mostly because of a slip, can’t be asked for.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'security-scopes-defined',
    url: 'https://redocly.com/docs/cli/rules/oas/security-scopes-defined',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  options: [required],
  bad: `security:
  - login: [orders:raed] # want
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example.com/token
          scopes: { 'orders:read': Read orders }
`,
  good: `security:
  - login: ['orders:read']
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example.com/token
          scopes: { 'orders:read': Read orders }
`,
  wholeDocument: true,
  visit: {
    securityRequirement(node, report, spec, options) {
      for (const entry of node.children) {
        const wanted = entry.actual.children;
        if (wanted.length === 0) {
          if (options.get(required)) tellNone(entry, report, spec);
          continue;
        }
        tellNotEmpty(entry, report, spec);
        const known = scopes(spec).get(entry.key ?? '');
        if (known === undefined) continue;
        for (const scope of wanted) {
          const name = scope.string;
          if (name === undefined || known.has(name)) continue;
          const meant = meantBy(name, known);
          const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
          report({
            at: scope,
            message: `The scheme \`${entry.key}\` defines no scope \`${name}\`.${hint}`,
            fix:
              meant === undefined
                ? undefined
                : { title: `Change to ${meant}`, safe: false, edits: () => replaceValue(spec, scope, meant) },
          });
        }
      }
    },
  },
});
