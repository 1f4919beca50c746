import { renameKey } from '../edit';
import { fact } from '../fact';
import { securitySchemes } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import { meantBy } from '../words';

const schemeNames = fact(
  (spec: Spec): ReadonlySet<string> => new Set(securitySchemes(spec).flatMap((scheme) => scheme.key ?? [])),
);

export const securitySchemeExists = defineRule({
  id: 'security-scheme-exists',
  summary: '`security` names only schemes that are defined.',
  why: 'A requirement that names nothing can’t be met, and some tools then take the operation for open to all.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Security Requirement Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `security:
  - baererAuth: [] # want
components:
  securitySchemes:
    bearerAuth: { type: http, scheme: bearer }
`,
  good: `security:
  - bearerAuth: []
components:
  securitySchemes:
    bearerAuth: { type: http, scheme: bearer }
`,
  wholeDocument: true,
  visit: {
    securityRequirement(node, report, spec) {
      const names = schemeNames(spec);
      for (const entry of node.children) {
        const name = entry.key ?? '';
        // Since 3.2 a requirement can name a scheme by its address as well.
        if (names.has(name) || (spec.version === '3.2' && /[/#:]/.test(name))) continue;
        const meant = meantBy(name, names);
        const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
        report({
          at: entry,
          message: `No security scheme is called \`${name}\`.${hint}`,
          fix:
            meant === undefined
              ? undefined
              : { title: `Rename to ${meant}`, safe: true, edits: () => renameKey(spec, entry, meant) },
        });
      }
    },
  },
});
