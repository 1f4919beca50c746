import { zalando } from '../guides';
import { parametersNamed } from '../named';
import { remembered } from '../remembered';
import { defineRule } from '../rule';

const isOther = remembered(
  (name: string): boolean => !/^[A-Z\d][A-Za-z\d]*(?:-[A-Z\d][A-Za-z\d]*)*$/.test(name),
);

/** `x-request-id` as `X-Request-Id`. */
const usual = (name: string): string =>
  name
    .split(/[-_ ]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('-');

export const headerCase = defineRule({
  id: 'header-case',
  summary: 'Headers are written with hyphens and capitals: `Retry-After`.',
  why: 'Case means nothing to HTTP, but readers and searches of documentation see it. Written as in the standards, a header of yours looks like the others.',
  severity: 'info',
  source: zalando(132),
  presets: ['zalando'],
  bad: `components:
  parameters:
    Tenant:
      name: x_tenant # want
      in: header
      schema: { type: string }
`,
  good: `components:
  parameters:
    Tenant:
      name: X-Tenant
      in: header
      schema: { type: string }
`,
  visit: {
    parameter: parametersNamed(['header'], isOther, (parameter, report) => {
      const name = parameter.get('name');
      if (name?.string === undefined) return;
      report({
        at: name,
        on: 'value',
        message: `Write headers with hyphens and capitals: \`${usual(name.string)}\`.`,
      });
    }),
    response(node, report) {
      for (const header of node.childrenOf('headers'))
        if (header.key !== undefined && isOther(header.key))
          report({
            at: header,
            message: `Write headers with hyphens and capitals: \`${usual(header.key)}\`.`,
          });
    },
  },
});
