import { renameKey, spanWithin } from '../edit';
import { defineRule } from '../rule';

export const pathNoTrailingSlash = defineRule({
  id: 'path-no-trailing-slash',
  summary: 'Paths have no slash at their end and no empty segment.',
  why: 'With and without the slash are two addresses. Frameworks answer the other one with a redirect, which drops the body of a POST, or with 404.',
  severity: 'warning',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '136',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#136',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended', 'zalando'],
  bad: `paths:
  /orders/: # want
    get:
      operationId: listOrders
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = path === '/' ? null : /\/\/+|\/$/.exec(path);
      if (found === null || item.keySpan === undefined) return;
      const better = `/${path
        .split('/')
        .filter((segment) => segment !== '')
        .join('/')}`;
      const isFree = !spec.root.get('paths')?.has(better);
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.index, found.index + found[0].length]),
        message: found[0] === '/' ? 'A path does not end with a slash.' : 'A path has no empty segment.',
        fix: isFree
          ? {
              title: `Rename the path to ${better}`,
              safe: false,
              edits: () => renameKey(spec, item, better),
            }
          : undefined,
      });
    },
  },
});
