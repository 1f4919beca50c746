import { defineRule } from '../rule';

function isUnderItself(name: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set([name]);
  for (let at = parents.get(name); at !== undefined; at = parents.get(at)) {
    if (seen.has(at)) return at === name;
    seen.add(at);
  }
  return false;
}

export const tagParent = defineRule({
  id: 'tag-parent',
  summary: 'The `parent` of a tag is a declared tag, and no tag stands under itself.',
  why: 'Documentation makes a tree of the tags. One whose parent is missing, or that goes round in a circle, has no place in it.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Tag Object',
    url: 'https://spec.openapis.org/oas/v3.2.0.html#tag-object',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `openapi: 3.2.0
tags:
  - name: orders
    description: Orders.
    parent: sales # want
`,
  good: `openapi: 3.2.0
tags:
  - name: sales
    description: What customers buy.
  - name: orders
    description: Orders.
    parent: sales
`,
  visit: {
    document(root, report) {
      const tags = root.childrenOf('tags');
      const parents = new Map(tags.map((tag) => [tag.stringAt('name') ?? '', tag.stringAt('parent')]));
      for (const tag of tags) {
        const at = tag.get('parent');
        const parent = at?.string;
        if (at === undefined || parent === undefined) continue;
        if (!parents.has(parent))
          report({
            at,
            on: 'value',
            message: `No tag is called \`${parent}\`: declare it, or correct the name.`,
          });
        else if (isUnderItself(tag.stringAt('name') ?? '', parents))
          report({
            at,
            on: 'value',
            message: 'This tag stands under itself: its parents go round in a circle.',
          });
      }
    },
  },
});
