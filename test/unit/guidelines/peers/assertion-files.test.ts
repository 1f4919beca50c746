import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Plan } from '../../../../src/guidelines/config/plan';
import { Check } from '../../../../src/guidelines/engine';
import { loaded } from '../config/helpers';
import { whole } from '../helpers';
import { complete, foundIn, projectOf, specAt } from '../project/helpers';

const configuration = `rules:
  rule/name: { subject: { type: SchemaProperties }, assertions: { casing: camelCase }, message: '{{file}} {{pointer}}' }
  rule/title:
    subject: { type: Schema }
    where: [{ subject: { type: Operation, property: x-strict }, assertions: { const: true } }]
    assertions: { required: [title] }
  component-name-unique: error
`;
const files = {
  'api.yaml': whole(`paths:
  /a: { get: { x-strict: true, responses: { '200': { $ref: 'parts/ok.yaml' } } } }
components:
  schemas:
    Order: { type: object, properties: { Total: { type: integer } } }
`),
  'parts/ok.yaml': `description: ok
content: { application/json: { schema: { $ref: 'Order.yaml' } } }
`,
  'parts/Order.yaml': `type: object
properties: { Id: { type: string } }
`,
};

describe('assertions of redocly.yaml in descriptions of several files', () => {
  test('each file is told of its own, however often it is edited', async () => {
    const options = new Plan(await loaded({ '/w/redocly.yaml': configuration })).optionsFor('/w/api.yaml');
    const project = await projectOf(files, Object.keys(files));
    const checks = new Map(
      Object.keys(files).map((path) => [path, new Check(specAt(project, path), options)]),
    );
    const told = (path: string): readonly string[] =>
      foundIn(project, path, options, checks.get(path)).map((one) => one.replace(/ Put into.*/, ''));
    const inOrder = [
      'component-name-unique 0:0 error',
      'rule/title 0:0 error rule/title: Schema must have `title`.',
    ];
    assert.deepEqual(told('parts/ok.yaml'), []);
    assert.deepEqual(told('parts/Order.yaml'), [...inOrder, 'rule/name 1:14 error Order.yaml #/properties']);
    assert.deepEqual(
      told('api.yaml').map((one) => one.split(' ')[0]),
      ['component-name-unique', 'rule/name'],
    );

    const order = specAt(project, 'parts/Order.yaml');
    const at = order.text.indexOf('Id');
    order.edit({ start: at, end: at + 2, text: 'id' });
    await complete(project);
    assert.deepEqual(told('parts/Order.yaml'), inOrder);

    const api = specAt(project, 'api.yaml');
    const strict = api.text.indexOf('true');
    api.edit({ start: strict, end: strict + 4, text: 'false' });
    await complete(project);
    assert.deepEqual(told('parts/Order.yaml'), inOrder.slice(0, 1));
  });
});
