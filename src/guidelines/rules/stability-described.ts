import { heroku } from '../guides';
import { defineRule } from '../rule';

const words =
  /\b(?:prototype|development|experimental|alpha|beta|preview|early access|production|stable|stability|general(?:ly)? availab\w*|GA|deprecated)\b/;

export const stabilityDescribed = defineRule({
  id: 'stability-described',
  summary: 'The description says how stable the API is.',
  why: 'Before a team builds on an API it has to know whether tomorrow’s is the same. `beta` or `stable` is one word that saves both sides a quarrel.',
  severity: 'hint',
  source: heroku('artifacts', 'Describe stability'),
  presets: ['heroku', 'google'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop. The API is stable.
  contact: { name: Shop team }
`,
  visit: {
    info(node, report) {
      const told = [
        node.stringAt('description') ?? '',
        node.stringAt('version') ?? '',
        node.stringAt('title') ?? '',
      ];
      if (
        told.some((text) => words.test(text)) ||
        node.children.some(({ key }) => /^x-.*(?:stability|maturity|lifecycle|status)/i.test(key ?? ''))
      )
        return;
      report({
        at: node,
        message:
          'Say how stable this is, such as `beta` or `stable`, in the description or as `x-stability`.',
      });
    },
  },
});
