import { counted } from '../fact';
import { heroku } from '../guides';
import { defineRule } from '../rule';

const versioned = /(?:[.+-]v\d|;\s*(?:version|v|profile)=)/i;

const signs = counted((view) => [
  ...view
    .nodes('response')
    .flatMap((one) =>
      one.childrenOf('content').map((type) => (versioned.test(type.key ?? '') ? 'version' : 'plain')),
    ),
  ...view
    .nodes('parameter')
    .flatMap((one) =>
      one.stringAt('in') === 'header' && /^accept$|version/i.test(one.stringAt('name') ?? '')
        ? ['version']
        : [],
    ),
  ...view
    .nodes('operation')
    .flatMap((one) =>
      one.childrenOf('produces').some((type) => versioned.test(type.string ?? '')) ? ['version'] : [],
    ),
]);

export const versionMediaType = defineRule({
  id: 'version-media-type',
  summary: 'The version of an API is asked for in the `Accept` header.',
  why: 'One address stays for one thing, whatever version it is read in, and a client moves over call by call. To begin with a version costs a word; to add one later breaks whoever named none.',
  severity: 'hint',
  source: heroku('foundations', 'Require Versioning in the Accepts Header'),
  presets: ['heroku'],
  bad: `paths: # want
  /orders:
    get:
      operationId: listOrders
      responses:
        '200': { description: The orders, content: { application/json: { schema: { type: object } } } }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders, content: { application/vnd.shop+json; version=3: { schema: { type: object } } } }
`,
  wholeDocument: true,
  visit: {
    paths(paths, report, spec) {
      const found = signs(spec);
      if (!found.has('plain') || found.has('version')) return;
      report({
        at: paths,
        message:
          'No media type names a version: let callers ask for one in `Accept`, as in `application/vnd.shop+json; version=3`.',
      });
    },
  },
});
