import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function check(node: TreeNode, report: Report): void {
  const at = node.get('encoding');
  if (at === undefined) return;
  const other = ['prefixEncoding', 'itemEncoding'].find((field) => node.has(field));
  if (other !== undefined)
    report({ at, message: `\`encoding\` goes by name and \`${other}\` by place; keep one of the two.` });
}

export const encodingOneKind = defineRule({
  id: 'encoding-one-kind',
  summary: '`encoding` does not stand beside `prefixEncoding` or `itemEncoding`.',
  why: 'The one goes by name, the others by place. The specification forbids both at once because it would not be known which holds.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Media Type Object',
    url: 'https://spec.openapis.org/oas/v3.2.0.html#media-type-object',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `openapi: 3.2.0
components:
  mediaTypes:
    Parts:
      itemEncoding: { contentType: image/png }
      encoding: # want
        photo: { contentType: image/png }
`,
  good: `openapi: 3.2.0
components:
  mediaTypes:
    Parts:
      itemEncoding: { contentType: image/png }
`,
  visit: {
    mediaType: check,
    encoding: check,
  },
});
