import { defineBreaking } from '../check';

const fields = ['type', 'scheme', 'in', 'name', 'openIdConnectUrl', 'flow', 'tokenUrl', 'authorizationUrl'];

/** Names of headers are the same in any case. */
function isSame(field: string, old: string, now: string | undefined): boolean {
  return field === 'name' ? old.toLowerCase() === now?.toLowerCase() : old === now;
}

export const breakingSecurityScheme = defineBreaking({
  id: 'breaking-security-scheme',
  summary: 'Callers show who they are in the way they did.',
  why: 'A key that is looked for in another header, or a token of another kind, is not found: every caller is refused.',
  before: `components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`,
  bad: `components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Api-Key } # want
`,
  good: `components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key, description: The key of the shop. }
`,
  compare: {
    securityScheme({ name, before, after, at }, tell) {
      for (const field of fields) {
        const [old, now] = [before?.get(field), after?.get(field)];
        if (old?.string === undefined || isSame(field, old.string, now?.string)) continue;
        const is = now?.string === undefined ? 'there is none now' : `is \`${now.string}\` now`;
        tell({
          at: now ?? at,
          on: now === undefined ? 'key' : 'value',
          message: `\`${field}\` of \`${name}\` was \`${old.string}\` and ${is}: callers show who they are in a way that nobody looks at.`,
          old,
        });
        return;
      }
    },
  },
});
