import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const fieldsOf: Readonly<Record<string, readonly string[] | undefined>> = {
  apiKey: ['name', 'in'],
  http: ['scheme'],
  oauth2: ['flows'],
  openIdConnect: ['openIdConnectUrl'],
};
const flowFields: Readonly<Record<string, readonly string[] | undefined>> = {
  implicit: ['authorizationUrl'],
  password: ['tokenUrl'],
  clientCredentials: ['tokenUrl'],
  authorizationCode: ['authorizationUrl', 'tokenUrl'],
  deviceAuthorization: ['deviceAuthorizationUrl', 'tokenUrl'],
};
const oldFlows: Readonly<Record<string, readonly string[] | undefined>> = {
  implicit: ['authorizationUrl', 'scopes'],
  password: ['tokenUrl', 'scopes'],
  application: ['tokenUrl', 'scopes'],
  accessCode: ['authorizationUrl', 'tokenUrl', 'scopes'],
};

/** In Swagger 2.0 the flow is part of the scheme. */
function old(node: TreeNode, type: string): readonly string[] {
  if (type !== 'oauth2') return type === 'apiKey' ? ['name', 'in'] : [];
  return ['flow', ...(oldFlows[node.stringAt('flow') ?? ''] ?? [])];
}

function tell(node: TreeNode, wanted: readonly string[], report: Report): void {
  const missing = wanted.filter((field) => !node.has(field)).map((field) => `\`${field}\``);
  if (missing.length > 0)
    report({
      at: node,
      message: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing, and without that nobody can log in this way.`,
    });
}

export const securitySchemeComplete = defineRule({
  id: 'security-scheme-complete',
  summary: 'A security scheme has what its type needs.',
  why: 'An API key whose place is not said, or a flow without the address for tokens, can’t be used by anybody.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Security Scheme Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  securitySchemes:
    key: # want
      type: apiKey
      name: X-Key
`,
  good: `components:
  securitySchemes:
    key:
      type: apiKey
      name: X-Key
      in: header
`,
  visit: {
    securityScheme(node, report, spec) {
      const type = node.stringAt('type') ?? '';
      tell(node, spec.version === '2.0' ? old(node, type) : (fieldsOf[type] ?? []), report);
    },
    oauthFlow(node, report) {
      tell(node, flowFields[node.key ?? ''] ?? [], report);
    },
  },
});
