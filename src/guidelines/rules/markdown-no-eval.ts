import { spanWithin } from '../edit';
import type { Rule } from '../rule';
import { nodeTypes } from '../shapes';
import { defineRule } from '../rule';

const patterns = [/\beval\(/];

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
      message: 'A careless page runs this when it shows the description; take it out.',
    });
  }
};

export const markdownNoEval = defineRule({
  id: 'markdown-no-eval',
  summary: 'Descriptions hold no `eval(`.',
  why: 'A page that shows descriptions and is careless with them would run what stands there; nobody needs it to understand an API.',
  severity: 'warning',
  source: {
    guideline: 'Spectral',
    ref: 'no-eval-in-markdown',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#no-eval-in-markdown',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `info:
  title: Orders
  version: 1.0.0
  description: Orders, see eval(code) # want
`,
  good: `info:
  title: Orders
  version: 1.0.0
  contact: { name: Shop team }
  description: Orders of the shop.
`,
  concerns: (text) => /eval\(/.test(text),
  visit: Object.fromEntries(nodeTypes.map((type) => [type, check])),
});
