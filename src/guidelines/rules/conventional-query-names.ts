import { zalando } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const conventional: Readonly<Record<string, string>> = {
  'search query': 'q',
  'search term': 'q',
  'order by': 'sort',
  'sort by': 'sort',
  orderby: 'sort',
  ordering: 'sort',
  'include fields': 'fields',
  'field mask': 'fields',
  expand: 'embed',
  'page size': 'limit',
  'per page': 'limit',
  pagesize: 'limit',
  'max results': 'limit',
  'page token': 'cursor',
  'next token': 'cursor',
  'continuation token': 'cursor',
  marker: 'cursor',
  skip: 'offset',
  'start index': 'offset',
};

const usual = (name: string): string | undefined => {
  const words = wordsOf(name).join(' ');
  return Object.hasOwn(conventional, words) ? conventional[words] : undefined;
};

export const conventionalQueryNames = defineRule({
  id: 'conventional-query-names',
  summary: 'Searching, sorting and paging go by their usual parameters.',
  why: 'Someone who knows one API of the house then knows all: `q` searches, `sort` sorts, `fields` and `embed` choose what comes, `limit`, `cursor` and `offset` turn pages.',
  severity: 'info',
  source: zalando(137),
  presets: ['zalando'],
  bad: `components:
  parameters:
    PageSize:
      name: page_size # want
      in: query
      schema: { type: integer }
`,
  good: `components:
  parameters:
    Limit:
      name: limit
      in: query
      schema: { type: integer }
`,
  visit: {
    parameter: parametersNamed(
      ['query'],
      (name) => usual(name) !== undefined,
      (parameter, report) => {
        const name = parameter.get('name');
        if (name?.string === undefined) return;
        report({
          at: name,
          on: 'value',
          message: `The usual name of this is \`${usual(name.string) ?? ''}\`: who knows one API then knows all.`,
        });
      },
    ),
  },
});
