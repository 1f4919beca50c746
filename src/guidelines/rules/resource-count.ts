import { counted } from '../fact';
import { zalando } from '../guides';
import { numberOption } from '../option';
import { namesOf } from '../resources';
import { defineRule } from '../rule';

const most = numberOption('most', 8, 'How many kinds of resources an API has at most.');

const collections = counted((view) =>
  view
    .nodes('path')
    .flatMap((item) => namesOf(item.key ?? '').flatMap(({ text, hasItem }) => (hasItem ? [text] : []))),
);

export const resourceCount = defineRule({
  id: 'resource-count',
  summary: 'An API has at most eight kinds of resources.',
  why: 'Whoever takes up an API has to understand all of it. With more than a handful of kinds, it mostly does the work of several, which could be owned, versioned and learned apart.',
  severity: 'hint',
  source: zalando(146),
  presets: ['zalando'],
  bad: `paths: # want
  /a/{a}/b/{b}/c/{c}: {}
  /d/{d}/e/{e}/f/{f}: {}
  /g/{g}/h/{h}/i/{i}: {}
`,
  good: `paths:
  /orders/{o}/lines/{l}: {}
`,
  wholeDocument: true,
  options: [most],
  visit: {
    paths(paths, report, spec, options) {
      const count = collections(spec).size;
      if (count <= options.get(most)) return;
      report({
        at: paths,
        message: `There are ${count} kinds of resources here: more than ${options.get(most)} are mostly several APIs, which could be owned and learned apart.`,
      });
    },
  },
});
