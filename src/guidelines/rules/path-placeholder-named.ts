import { spanWithin } from '../edit';
import { defineRule } from '../rule';

export const pathPlaceholderNamed = defineRule({
  id: 'path-placeholder-named',
  summary: 'Each placeholder in a path has a name.',
  why: 'A placeholder gets its value from the parameter of its name. With `{}` there is none to get it from.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Path Templating',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#path-templating',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders/{}: # want
    parameters: []
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string } }
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = /\{\s*\}/.exec(path);
      if (!found || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.index, found.index + found[0].length]),
        message: 'Give this placeholder a name, so that a parameter can be declared for it.',
      });
    },
  },
});
