import { defineRule } from '../rule';

const allowed = /^[\w.-]+$/;

export const componentName = defineRule({
  id: 'component-name',
  summary: 'Components have names of letters, digits, dots, dashes and underscores.',
  why: 'Other characters are not allowed by the specification: a name becomes a part of references and of addresses in documentation, and a type in generated code.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Components Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#components-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order Line: # want
      type: object
`,
  good: `components:
  schemas:
    OrderLine:
      type: object
`,
  visit: {
    components(node, report) {
      for (const section of node.children) {
        if (section.key?.startsWith('x-') === true) continue;
        for (const name of section.keys) {
          const child = allowed.test(name) || name === '<<' ? undefined : section.get(name);
          if (child === undefined) continue;
          report({
            at: child,
            message: `\`${name}\` can’t be the name of a component: only letters, digits, \`.\`, \`-\` and \`_\` can be in it.`,
          });
        }
      }
    },
  },
});
