import { aip } from '../guides';
import { componentSections } from '../openapi';
import { defineRule } from '../rule';

export const schemaDescribed = defineRule({
  id: 'schema-described',
  summary: 'Each shared schema says what it is.',
  why: 'Its description becomes the comment of a class in every language. Where there is none, readers of generated code have the name, and guess.',
  severity: 'hint',
  source: aip(192),
  presets: ['google', 'lyst'],
  bad: `components:
  schemas:
    Order: # want
      type: object
`,
  good: `components:
  schemas:
    Order:
      type: object
      description: What somebody has bought, and where it goes.
`,
  wholeDocument: true,
  visit: {
    objectSchema(node, report, spec) {
      if (node.has('description') || node.has('title') || node.has('$ref')) return;
      const section = node.parent;
      if (
        section === undefined ||
        !/^(?:schemas|definitions)$/.test(section.key ?? '') ||
        !componentSections(spec).includes(section)
      )
        return;
      report({
        at: node,
        message: 'Say what this is: the description becomes the comment of a class in generated code.',
      });
    },
  },
});
