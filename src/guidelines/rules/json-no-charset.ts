import { renameKey, spanWithin } from '../edit';
import { defineRule } from '../rule';

const charset = /^([\w.+-]+[/+]json)\s*;\s*charset=[\w"-]+$/i;

export const jsonNoCharset = defineRule({
  id: 'json-no-charset',
  summary: 'JSON media types name no charset.',
  why: 'JSON is always UTF-8 and its media type has no such parameter. Clients that compare media types letter by letter don’t find the response.',
  severity: 'info',
  source: { guideline: 'RFC 8259', ref: '11', url: 'https://www.rfc-editor.org/rfc/rfc8259.html#section-11' },
  fixable: true,
  presets: ['recommended', 'strict'],
  bad: `components:
  requestBodies:
    Order:
      content:
        application/json; charset=utf-8: # want
          schema: { type: object }
`,
  good: `components:
  requestBodies:
    Order:
      content:
        application/json:
          schema: { type: object }
`,
  visit: {
    mediaType(node, report, spec) {
      const key = node.key ?? '';
      const plain = charset.exec(key)?.[1];
      if (plain === undefined || node.keySpan === undefined) return;
      report({
        at: node,
        on: spanWithin(spec, node.keySpan, key, [plain.length, key.length]),
        message: `JSON is always UTF-8, and its media type has no charset: write \`${plain}\`.`,
        fix:
          node.parent?.has(plain) === true
            ? undefined
            : { title: `Change to ${plain}`, safe: true, edits: () => renameKey(spec, node, plain) },
      });
    },
  },
});
