import type { SpecVersion } from '../detect';
import { byKeys } from '../layout';
import { defineRule } from '../rule';
import { since30, since31 } from '../since';
import type { TreeNode } from '../tree';

const bounds = new Set(['exclusiveMinimum', 'exclusiveMaximum']);

const foreign: ReadonlySet<string> = new Set([...bounds, ...since30, ...since31, 'nullable']);

/** Whether a schema has one of the keywords that are not the same in all versions. */
const hasForeign = byKeys(({ keys }) => keys.some((key) => foreign.has(key)));

function reasonFor(version: SpecVersion, entry: TreeNode): string | undefined {
  const key = entry.key ?? '';
  if (version === '3.1' || version === '3.2') return reasonInNew(key, entry);
  if (since31.has(key)) return `\`${key}\` came with OpenAPI 3.1`;
  if (version === '2.0' && since30.has(key)) return `\`${key}\` came with OpenAPI 3.0`;
  // Swagger 2.0 takes `type` from JSON Schema as it is, lists and all; OpenAPI 3.0 wants one text.
  if (version === '3.0' && key === 'type' && entry.kind === 'list')
    return 'a list of types came with OpenAPI 3.1';
  const isNumber = bounds.has(key) && typeof entry.value === 'number';
  return isNumber
    ? `a number under \`${key}\` came with OpenAPI 3.1; before, it is true or false beside the limit`
    : undefined;
}

function reasonInNew(key: string, entry: TreeNode): string | undefined {
  if (key === 'nullable') return "`nullable` ended with OpenAPI 3.0; write `type: [string, 'null']`";
  const isFlag = bounds.has(key) && typeof entry.value === 'boolean';
  return isFlag ? `since OpenAPI 3.1 \`${key}\` is the limit itself, a number` : undefined;
}

export const unsupportedKeyword = defineRule({
  id: 'unsupported-keyword',
  summary: 'Schemas use only keywords that their version of OpenAPI knows.',
  why: 'Tools pass over a keyword of another version, so the constraint holds in your reading and nowhere else. `nullable` in 3.1 is the one met most.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        note:
          type: string
          nullable: true # want
`,
  good: `openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        note:
          type: [string, 'null']
`,
  visit: {
    schema(node, report, spec) {
      if (!/^[23]\./.test(spec.version)) return;
      if (!hasForeign(node) && node.get('type')?.kind !== 'list') return;
      for (const entry of node.children) {
        const reason = reasonFor(spec.version, entry);
        if (reason !== undefined) report({ at: entry, message: `Tools ignore this: ${reason}.` });
      }
    },
  },
});
