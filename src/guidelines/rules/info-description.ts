import { defineRule } from '../rule';

export const infoDescription = defineRule({
  id: 'info-description',
  summary: '`info` says what the API is for.',
  why: 'It is the first thing that somebody reads who looks for a service: what it does, who it is for, how to get access.',
  severity: 'warning',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '218',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#218',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'zalando', 'lyst'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Takes orders of the shop and follows them to the door.
  contact: { name: Shop team, email: shop@example.com }
`,
  visit: {
    info(node, report) {
      const description = node.stringAt('description');
      if (description?.trim()) return;
      report({ at: node, message: 'Say in `description` what this API is for, who may use it and how.' });
    },
  },
});
