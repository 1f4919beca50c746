/** One small description, in YAML and in many layouts of JSON, sound and broken. */
import { parse } from 'yaml';

export const shop = `# The shop
---
openapi: 3.0.3
info: { title: Shop, version: '1' }
x-common: &common
  '400': { description: Wrong }
paths:
  /orders/{id}:
    parameters:
    - $ref: '#/components/parameters/Id'
    get:
      operationId: getOrder
      tags: [orders]
      responses:
        '200':
          description: |
            The order

          content:
            application/json: { schema: { $ref: '#/components/schemas/Order' } }
        <<: *common
  /orders:
    post:
      operationId: getOrder
      responses: { '201': { description: Created } }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string }
        items:
          type: array
          items: { $ref: '#/components/schemas/Item' }
    Item: { type: object }
`;

/** The shop as JSON, in many layouts. */
export const pretty = JSON.stringify(parse(shop, { merge: true }), undefined, 2);
export const layouts: Readonly<Record<string, string>> = {
  'two spaces': `${pretty}\n`,
  'one line': JSON.stringify(JSON.parse(pretty)),
  CRLF: pretty.replaceAll('\n', '\r\n'),
  tabs: JSON.stringify(JSON.parse(pretty), undefined, '\t'),
  'a byte order mark': `\uFEFF${pretty}`,
  'no indentation': pretty.replaceAll(/\n +/g, '\n'),
  'an entry in each line': JSON.stringify(JSON.parse(pretty)).replaceAll(
    /,(?="(?:paths|components|\/))/g,
    ',\n',
  ),
  'a key twice': pretty.replace('"/orders": {', '"/orders": {},\n    "/orders": {'),
  'keys of the prototype': pretty.replace('"Item": {', '"__proto__": { "a": 1 },\n      "constructor": {'),
  'half of a character': pretty.replace('"Shop"', '"\uD83D"'),
  comments: pretty.replace('"paths"', '// below are all paths\n  /* { */ "paths"'),
  'commas too many and too few': pretty.replace('},\n', '}\n').replace(/\}\n/, '},\n'),
  'an open string': pretty.replace('"Created"', '"Created'),
  'an open bracket': pretty.replace('"post": {', '"post": {{'),
  'a map that is indented otherwise': pretty.replace('  "paths": {', '    "paths": {'),
  'an entry that is indented less': pretty.replace('      "post": {', '  "post": {'),
};
