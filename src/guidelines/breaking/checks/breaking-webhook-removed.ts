import { defineBreaking } from '../check';

export const breakingWebhookRemoved = defineBreaking({
  id: 'breaking-webhook-removed',
  summary: 'A webhook that others may listen to stays.',
  why: 'Whoever subscribed waits for events that never come, and nothing fails that would tell them.',
  before: `webhooks:
  orderShipped:
    post: { responses: { '204': { description: Taken } } }
  orderPaid:
    post: { responses: { '204': { description: Taken } } }
`,
  bad: `webhooks: # want
  orderShipped:
    post: { responses: { '204': { description: Taken } } }
`,
  good: `webhooks:
  orderShipped:
    post: { responses: { '204': { description: Taken } } }
  orderPaid:
    post: { deprecated: true, responses: { '204': { description: Taken } } }
`,
  compare: {
    webhook({ name, before, after, at }, tell) {
      if (before !== undefined && after === undefined)
        tell({
          at,
          message: `The webhook \`${name}\` is gone: its subscribers wait for events that never come.`,
          old: before,
        });
    },
  },
});
