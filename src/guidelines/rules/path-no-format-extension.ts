import { spanWithin } from '../edit';
import { zalando } from '../guides';
import { defineRule } from '../rule';

export const pathNoFormatExtension = defineRule({
  id: 'path-no-format-extension',
  summary: 'In which format an answer comes is asked for in `Accept`, not in the path.',
  why: 'One thing has one address. With `.json` and `.xml` it has two, which caches, links and permissions take for two things.',
  severity: 'info',
  source: zalando(244),
  presets: ['zalando', 'lyst'],
  bad: `paths:
  /orders.json: {} # want
`,
  good: `paths:
  /orders: {}
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = /\.(?:json|xml|ya?ml)$/i.exec(path);
      // Files under well-known names are files.
      if (found === null || item.keySpan === undefined || /well-known|openapi|swagger|schema/i.test(path))
        return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.index, path.length]),
        message:
          'Let callers ask for a format in `Accept`: with one in the path, one thing has several addresses.',
      });
    },
  },
});
