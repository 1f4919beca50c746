import { counted } from '../fact';
import { heroku } from '../guides';
import { defineRule } from '../rule';

const isId = (name: string | undefined): boolean =>
  /^(?:x-)?(?:[\w-]+-)?(?:request|correlation|flow|trace|transaction)-?id$|^traceparent$|^RequestId$/i.test(
    name ?? '',
  );

const signs = counted((view) => [
  ...view
    .nodes('response')
    .flatMap((one) => (one.childrenOf('headers').some(({ key }) => isId(key)) ? ['id'] : ['none'])),
  ...view
    .nodes('parameter')
    .flatMap((one) => (one.stringAt('in') === 'header' && isId(one.stringAt('name')) ? ['id'] : [])),
]);

export const requestIdHeader = defineRule({
  id: 'request-id-header',
  summary: 'Answers carry an id of their request.',
  why: 'A report that says “it failed at about ten” is a morning’s search. With the id from the `Request-Id` header it is one line in the log, and the lines of every service that the call went through.',
  severity: 'hint',
  source: heroku('foundations', 'Provide Request-Ids for Introspection'),
  presets: ['heroku'],
  bad: `paths: # want
  /orders:
    get:
      operationId: listOrders
      responses:
        '204': { description: There are none }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none, headers: { Request-Id: { schema: { type: string } } } }
`,
  wholeDocument: true,
  visit: {
    paths(paths, report, spec) {
      const found = signs(spec);
      if (found.has('id') || !found.has('none')) return;
      report({
        at: paths,
        message:
          'No answer carries an id of its request: with a `Request-Id` header, a call that failed can be found in the logs.',
      });
    },
  },
});
