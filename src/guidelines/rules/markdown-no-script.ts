import { spanWithin } from '../edit';
import type { Rule } from '../rule';
import { nodeTypes } from '../shapes';
import { defineRule } from '../rule';

const patterns = [
  /<script\b/i,
  // Up to the next tag: so no part of the text is looked through more than once.
  /<[a-z][^<>]*?\bon[a-z]+\s*=/i,
  /(?:\]\(\s*|\b(?:href|src)\s*=\s*(?:["']\s*)?)javascript:/i,
];

const check: NonNullable<Rule['visit']['info']> = (node, report, spec) => {
  for (const field of ['description', 'summary', 'title']) {
    const at = node.get(field);
    const text = at?.string;
    const found =
      text === undefined ? undefined : patterns.map((one) => one.exec(text)).find((one) => one !== null);
    if (at === undefined || text === undefined || !found) continue;
    const on = spanWithin(spec, at, text, [found.index, found.index + found[0].length]);
    const isOneLine = spec.source.lines.lineOf(on.start) === spec.source.lines.lineOf(on.end);
    report({
      at,
      on: isOneLine ? on : 'value',
      message: 'This runs as a script on pages that show the description; take it out, or write it as code.',
    });
  }
};

export const markdownNoScript = defineRule({
  id: 'markdown-no-script',
  summary: 'Descriptions hold no scripts.',
  why: 'Documentation pages show descriptions as HTML. A script in one runs in the browser of whoever reads it, with that page’s rights.',
  severity: 'warning',
  source: {
    guideline: 'Spectral',
    ref: 'no-script-tags-in-markdown',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#no-script-tags-in-markdown',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `info:
  title: Orders
  version: 1.0.0
  description: Orders. <script>track()</script> # want
`,
  good: `info:
  title: Orders
  version: 1.0.0
  contact: { name: Shop team }
  description: Orders of the shop.
`,
  concerns: (text) => /<script|\bon\w+\s*=|javascript:/i.test(text),
  visit: Object.fromEntries(nodeTypes.map((type) => [type, check])),
});
