import { zalando } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const byPosition = /^(?:offset|skip|page|page number|page index|page no|start index|start at)$/;

export const paginationCursor = defineRule({
  id: 'pagination-cursor',
  summary: 'Pages are turned with a cursor, not by counting.',
  why: 'While a client goes through pages, items come and go: by position it sees some twice and misses others. And to skip a million rows the database has to read them.',
  severity: 'info',
  source: zalando(160),
  presets: ['zalando', 'google'],
  bad: `components:
  parameters:
    Offset:
      name: offset # want
      in: query
      schema: { type: integer }
`,
  good: `components:
  parameters:
    Cursor:
      name: cursor
      in: query
      schema: { type: string }
`,
  visit: {
    parameter: parametersNamed(
      ['query'],
      (name) => byPosition.test(wordsOf(name).join(' ')),
      (parameter, report) => {
        report({
          at: parameter.get('name') ?? parameter,
          on: 'value',
          message:
            'Turn pages with a cursor: by position a client misses items that came meanwhile, and far pages are slow.',
        });
      },
    ),
  },
});
