import { lyst } from '../guides';
import { defineRule } from '../rule';

export const externalDocs = defineRule({
  id: 'external-docs',
  summary: 'The description leads to a manual.',
  why: 'A reference says what each call does. How to begin, how to log in and in which order to call stands in a guide, which readers of the reference have to find.',
  severity: 'hint',
  source: lyst('Document'),
  presets: ['lyst', 'zalando', 'heroku'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team }
externalDocs:
  url: https://docs.example.com/orders
`,
  wholeDocument: true,
  visit: {
    info(info, report, spec) {
      if (info.parent !== spec.root || spec.root.has('externalDocs')) return;
      if (/https?:\/\//i.test(info.stringAt('description') ?? '')) return;
      report({
        at: info,
        message:
          'Name a manual under `externalDocs`, or link to one in the description: a reference does not say how to begin.',
      });
    },
  },
});
