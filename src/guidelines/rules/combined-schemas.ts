import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function check(schema: TreeNode, keyword: string, report: Report): void {
  const entry = schema.get(keyword);
  if (entry?.actual.kind !== 'list') return;
  const parts = entry.actual.children;
  if (parts.length === 0)
    report({ at: entry, message: `\`${keyword}\` has no schema in it, which is not allowed.` });
  else if (parts.length === 1 && isNoChoice(schema, keyword))
    report({
      at: entry,
      message: `With one schema in it, \`${keyword}\` says nothing: write that schema itself.`,
    });
  checkParts(parts, keyword, report);
}

/** `allOf` with one reference is how a word is put beside it; with a discriminator, others are still to come. */
function isNoChoice(schema: TreeNode, keyword: string): boolean {
  return !schema.has('discriminator') && (keyword !== 'allOf' || schema.children.length === 1);
}

function checkParts(parts: readonly TreeNode[], keyword: string, report: Report): void {
  const seen = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'map' && part.children.length === 0)
      report({
        at: part,
        on: 'value',
        message: 'An empty schema allows everything, so it says nothing beside the others.',
      });
    const ref = part.stringAt('$ref');
    if (ref === undefined || part.children.length > 1) continue;
    if (seen.has(ref))
      report({
        at: part.get('$ref') ?? part,
        on: 'value',
        message: `\`${keyword}\` has this schema already.`,
      });
    seen.add(ref);
  }
}

export const combinedSchemas = defineRule({
  id: 'combined-schemas',
  summary: '`oneOf`, `anyOf` and `allOf` have alternatives that differ.',
  why: 'One alternative alone is no choice; an empty one allows everything; two that are equal make `oneOf` fail for all they fit.',
  severity: 'info',
  source: {
    guideline: 'Redocly',
    ref: 'no-illogical-composition-keywords',
    url: 'https://redocly.com/docs/cli/rules/oas/no-illogical-composition-keywords',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      oneOf: # want
        - type: object
`,
  good: `components:
  schemas:
    Order:
      oneOf:
        - type: object
        - type: string
`,
  visit: {
    'schema.oneOf': (node, report) => check(node, 'oneOf', report),
    'schema.anyOf': (node, report) => check(node, 'anyOf', report),
    'schema.allOf': (node, report) => check(node, 'allOf', report),
  },
});
