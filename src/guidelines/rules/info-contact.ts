import { flagOption } from '../option';
import { defineRule } from '../rule';

const email = flagOption('email', false, 'Whether a mail address has to be among it.');

export const infoContact = defineRule({
  id: 'info-contact',
  summary: '`info` names who looks after the API.',
  why: 'When it breaks at night, or somebody wants to change it, the description is where they look for whom to ask.',
  severity: 'info',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '218',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#218',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'zalando'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Takes orders of the shop.
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Takes orders of the shop.
  contact: { name: Shop team, email: shop@example.com }
`,
  options: [email],
  visit: {
    info(node, report, _spec, options) {
      const contact = node.get('contact')?.actual;
      const fields = options.get(email) ? ['email'] : ['name', 'url', 'email'];
      if (contact !== undefined && fields.some((field) => contact.has(field))) return;
      report({
        at: node,
        message: 'Name the team that looks after this API in `contact`, with a mail address or a page.',
      });
    },
  },
});
