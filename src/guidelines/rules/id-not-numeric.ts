import { owasp } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

/** `id`, `order_id`, `orderId`; not `grid`. */
const isId = (name: string): boolean => wordsOf(name).at(-1) === 'id';

export const idNotNumeric = defineRule({
  id: 'id-not-numeric',
  summary: 'Ids in addresses are not numbers.',
  why: 'Who sees `/invoices/1041` tries 1042. Access has to be checked all the same, but one forgotten check with ids that can be guessed opens everything.',
  severity: 'info',
  source: owasp(1),
  presets: ['owasp', 'lyst', 'heroku'],
  bad: `paths:
  /invoices/{invoice_id}:
    parameters:
      - name: invoice_id
        in: path
        required: true
        schema: { type: integer } # want
`,
  good: `paths:
  /invoices/{invoice_id}:
    parameters:
      - name: invoice_id
        in: path
        required: true
        schema: { type: string, format: uuid }
`,
  wholeDocument: true,
  visit: {
    parameter: parametersNamed(['path', 'query'], isId, (parameter, report, spec) => {
      const holder = spec.version === '2.0' ? parameter : parameter.get('schema');
      const schema = spec.deref(holder);
      if (holder === undefined || schema === undefined) return;
      if (!isOfType(schema, 'integer') && !isOfType(schema, 'number')) return;
      report({
        at: holder.has('$ref') ? (parameter.get('name') ?? parameter) : (holder.get('type') ?? holder),
        on: 'value',
        message:
          'A number as an id lets anyone count up to the others: use one that can’t be guessed, such as a UUID.',
      });
    }),
  },
});
