import { defineRule } from '../rule';

const isMediaType = /^[\w!#$&^*.+-]+\/[\w!#$&^*.+{}-]+\s*(?:;.*)?$/;

export const mediaTypeName = defineRule({
  id: 'media-type-name',
  summary: 'The keys of `content` are media types.',
  why: 'The key is compared with the `Content-Type` that comes over the wire. One that is no media type is never equal to it.',
  severity: 'error',
  source: {
    guideline: 'RFC 9110',
    ref: '8.3.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-8.3.1',
  },
  presets: ['recommended', 'strict'],
  bad: `components:
  requestBodies:
    Order:
      content:
        json: # want
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
    mediaType(node, report) {
      const key = node.key;
      if (key === undefined || node.parent?.key !== 'content' || isMediaType.test(key)) return;
      report({
        at: node,
        message: `\`${key}\` is no media type; such a name has two parts, as \`application/json\` has.`,
      });
    },
  },
});
