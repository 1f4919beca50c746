import { heroku } from '../guides';
import { defineRule } from '../rule';
import { isPartOfSchema } from '../schemas';

const created =
  /^(?:created|created_?at|created_?on|create_?time|creation_?date|creation_?time|date_?created|created_?date|inserted_?at|timestamp)$/i;

export const standardTimestamps = defineRule({
  id: 'standard-timestamps',
  summary: 'A thing says when it was made and when it was changed.',
  why: 'Sooner or later somebody has to sort by it, fetch only what is new, or find out what happened first. Times that were not kept from the start can’t be added for what is there.',
  severity: 'hint',
  source: heroku('responses', 'Provide standard timestamps'),
  presets: ['heroku'],
  bad: `components:
  schemas:
    Order: # want
      type: object
      properties:
        id: { type: string, format: uuid }
        total: { type: string }
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string, format: uuid }
        created_at: { type: string, format: date-time }
        updated_at: { type: string, format: date-time }
`,
  visit: {
    objectSchema(node, report) {
      // A shared schema with an id is a thing; others are parts of one, or requests.
      if (
        !isShared(node.path) ||
        isPartOfSchema(node) ||
        /request|input|create|update|params|ref(?:erence)?$|event/i.test(node.key ?? '')
      )
        return;
      const properties = node.get('properties');
      if (properties?.has('id') !== true || node.has('allOf') || properties.children.length < 2) return;
      if (properties.children.some(({ key }) => created.test(key ?? ''))) return;
      report({
        at: node,
        message: 'Say when such a thing was made and last changed, in `created_at` and `updated_at`.',
      });
    },
  },
});

const isShared = (path: readonly (string | number)[]): boolean =>
  (path.length === 3 && path[0] === 'components') || (path.length === 2 && path[0] === 'definitions');
