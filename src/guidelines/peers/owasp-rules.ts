/**
 * The rules of `@stoplight/spectral-owasp-ruleset` (2.0.1, and 1.4.3 with the names of 2019) in terms of ours, for where that package is
 * not installed or may not run.
 */
import type { Layer, Statement } from '../config/layer';
import { noLayer } from '../config/layer';
import type { Severity } from '../rule';
import { statementsFor } from './mapped';

/** By the name behind the edition: ours, and how grave it is there. */
const table: Readonly<Record<string, readonly [ours: string, severity: Severity]>> = {
  'no-numeric-ids': ['id-not-numeric', 'error'],
  'no-http-basic': ['no-basic-auth', 'error'],
  'no-api-keys-in-url': ['api-key-in-header', 'error'],
  'no-credentials-in-url': ['no-credentials-in-url', 'error'],
  'auth-insecure-schemes': ['auth-secure-scheme', 'error'],
  'jwt-best-practices': ['jwt-best-practice', 'error'],
  'short-lived-access-tokens': ['oauth-refresh', 'error'],
  'write-restricted': ['write-secured', 'error'],
  'protection-global-unsafe': ['write-secured', 'error'],
  'protection-global-unsafe-strict': ['write-secured', 'info'],
  'read-restricted': ['read-secured', 'warning'],
  'protection-global-safe': ['read-secured', 'info'],
  'no-additionalProperties': ['no-additional-properties', 'warning'],
  'no-unevaluatedProperties': ['no-additional-properties', 'warning'],
  'constrained-additionalProperties': ['map-limit', 'warning'],
  'constrained-unevaluatedProperties': ['map-limit', 'warning'],
  'rate-limit': ['rate-limit-headers', 'error'],
  'rate-limit-retry-after': ['retry-after', 'error'],
  'rate-limit-responses-429': ['too-many-requests-response', 'warning'],
  'array-limit': ['array-limit', 'error'],
  'string-limit': ['string-limit', 'error'],
  'string-restricted': ['string-restricted', 'warning'],
  'integer-limit': ['integer-limit', 'error'],
  'integer-limit-legacy': ['integer-limit', 'error'],
  'integer-format': ['integer-format', 'error'],
  'admin-security-unique': ['admin-security-unique', 'error'],
  'concerning-url-parameter': ['url-parameter', 'info'],
  'define-cors-origin': ['cors-origin-header', 'error'],
  'no-scheme-http': ['server-https', 'error'],
  'no-server-http': ['server-https', 'error'],
  'security-hosts-https-oas2': ['server-https', 'error'],
  'security-hosts-https-oas3': ['server-https', 'error'],
  'define-error-validation': ['validation-response', 'warning'],
  'define-error-responses-401': ['unauthorized-response', 'warning'],
  'define-error-responses-500': ['server-error-response', 'warning'],
  'inventory-access': ['inventory-access', 'error'],
  'inventory-environment': ['inventory-environment', 'error'],
};

/** Ours for a rule of that set, `owasp:api4:2023-array-limit`; undefined for any other. */
export function owaspRule(id: string): { readonly ours: string; readonly severity: Severity } | undefined {
  const name = /^owasp:api\d+:(?:2019|2023)-(.+)$/.exec(id)?.[1] ?? '';
  const [ours, severity] = (Object.hasOwn(table, name) ? table[name] : undefined) ?? [];
  return ours === undefined || severity === undefined ? undefined : { ours, severity };
}

/** What that set says, on our rules with its severities. */
export function owaspLayer(): Layer {
  const gravest = new Map<string, Severity>();
  for (const [ours, severity] of Object.values(table)) if (!gravest.has(ours)) gravest.set(ours, severity);
  const statements = [...gravest].flatMap(([ours, severity]): readonly Statement[] =>
    statementsFor([ours], severity),
  );
  return { ...noLayer, statements };
}
