import type { TreeNode } from '../../tree';
import { defineBreaking } from '../check';

/** How several values are written where nothing is said (OpenAPI, Parameter Object; Swagger 2.0, Parameter Object). */
function usual(keyword: string, parameter: TreeNode): unknown {
  const place = parameter.stringAt('in') ?? '';
  const isForm = place === 'query' || place === 'cookie';
  if (keyword === 'style') return isForm ? 'form' : 'simple';
  if (keyword === 'collectionFormat') return 'csv';
  const style = parameter.stringAt('style') ?? (isForm ? 'form' : 'simple');
  return keyword === 'explode' && style === 'form';
}

const writtenAs = (keyword: string, parameter: TreeNode): unknown =>
  parameter.get(keyword)?.actual.value ?? usual(keyword, parameter);

export const breakingParameterStyle = defineBreaking({
  id: 'breaking-parameter-style',
  summary: 'A parameter is written as it was.',
  why: 'A service that expects `?id=1,2` reads `?id=1&id=2` as something else: callers that write it the old way are misunderstood.',
  before: `paths:
  /orders:
    get:
      parameters:
        - { name: id, in: query, explode: false, schema: { type: array, items: { type: string } } }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters:
        - { name: id, in: query, explode: true, schema: { type: array, items: { type: string } } } # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - { name: id, in: query, style: form, explode: false, schema: { type: array, items: { type: string } } }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    parameter({ name, before, after, at }, tell) {
      if (before === undefined || after === undefined) return;
      for (const keyword of ['style', 'explode', 'collectionFormat']) {
        const [was, is] = [writtenAs(keyword, before), writtenAs(keyword, after)];
        if (was === is) continue;
        tell({
          at: after.get(keyword) ?? at,
          message: `\`${keyword}\` of \`${name}\` was ${String(was)} and is ${String(is)}: what callers write is read in another way.`,
          old: before.get(keyword) ?? before,
        });
      }
    },
  },
});
