import { owasp } from '../guides';
import { defineRule } from '../rule';

export const mapLimit = defineRule({
  id: 'map-limit',
  summary: 'A map has a greatest number of entries.',
  why: 'A map with `additionalProperties` and no `maxProperties` may come with a million keys. Each is read and kept before anything says no.',
  severity: 'info',
  source: owasp(3),
  presets: ['owasp'],
  bad: `components:
  schemas:
    Labels:
      type: object
      additionalProperties: { type: string } # want
`,
  good: `components:
  schemas:
    Labels:
      type: object
      maxProperties: 50
      additionalProperties: { type: string }
`,
  visit: {
    objectSchema(node, report) {
      const values = node.get('additionalProperties');
      if (values?.kind !== 'map' || values.children.length === 0 || node.has('maxProperties')) return;
      report({ at: values, message: 'Say in `maxProperties` how many entries this map can have.' });
    },
  },
});
