import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renamableAt, renameAt } from '../../../../src/guidelines/language/rename';
import { edited, mark, marked } from './helpers';

const head = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\n";

async function renamed(
  texts: Readonly<Record<string, string>>,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const { files, offset } = await marked(texts, ['openapi.yaml']);
  return edited(renameAt(files, offset, name));
}

async function refused(texts: Readonly<Record<string, string>>, name: string): Promise<string> {
  const { files, offset } = await marked(texts, ['openapi.yaml']);
  const found = renameAt(files, offset, name);
  return 'refused' in found ? found.refused : `it was renamed: ${JSON.stringify(edited(found))}`;
}

describe('rename', () => {
  test('of a component reaches every reference, in YAML and JSON, in its own quotes', async () => {
    const main = (name: string): string => `${head}components:
  schemas:
    ${name}: { type: object, properties: { id: { type: string } } }
    "List":
      type: array
      items: { $ref: '#/components/schemas/${name.replace(mark, '')}' }
    Other:
      $ref: parts.json#/Part
    Id: { $ref: "#/components/schemas/${name.replace(mark, '')}/properties/id" }
`;
    const part = (name: string): string =>
      `{ "Part": { "items": { "$ref": "./openapi.yaml#/components/schemas/${name}" } } }`;
    assert.deepEqual(
      await renamed({ 'openapi.yaml': main(`Or${mark}der`), 'parts.json': part('Order') }, 'Purchase'),
      {
        'openapi.yaml': main('Purchase'),
        'parts.json': part('Purchase'),
      },
    );
  });

  test('from a reference in another file, of a name with a dot', async () => {
    const main = (name: string): string =>
      `${head}components:\n  schemas:\n    ${name}: {}\n    P: { $ref: part.yaml }\n`;
    const part = (name: string): string => `allOf:\n  - $ref: 'openapi.yaml#/components/schemas/${name}'\n`;
    assert.deepEqual(await renamed({ 'openapi.yaml': main('a.b'), 'part.yaml': part(`a.${mark}b`) }, 'c-d'), {
      'openapi.yaml': main('c-d'),
      'part.yaml': part('c-d'),
    });
  });

  test('of what a part holds', async () => {
    const main = (name: string): string =>
      `${head}components:\n  schemas:\n    P: { $ref: part.yaml#/${name} }\n`;
    const part = (name: string): string =>
      `${name}: { type: object }\nOther: { $ref: '#/${name.replace(mark, '')}' }\nX: { $ref: '#/Other' }\n`;
    assert.deepEqual(await renamed({ 'openapi.yaml': main('One'), 'part.yaml': part(`O${mark}ne`) }, 'Two'), {
      'openapi.yaml': main('Two'),
      'part.yaml': part('Two'),
    });
  });

  test('of a schema changes its name in mappings', async () => {
    const text = (name: string): string => `${head}components:
  schemas:
    Pet:
      discriminator: { propertyName: kind, mapping: { cat: ${name.replace(mark, '')}, big: '#/components/schemas/${name.replace(mark, '')}' } }
      oneOf: [{ $ref: '#/components/schemas/${name.replace(mark, '')}' }]
    ${name}: { type: object }
`;
    assert.deepEqual(await renamed({ 'openapi.yaml': text(`C${mark}at`) }, 'Tomcat'), {
      'openapi.yaml': text('Tomcat'),
    });
  });

  test('of tags, security schemes and operation ids', async () => {
    const text = (tag: string, scheme: string, id: string): string => `${head}tags: [{ name: ${tag} }]
security: [{ ${scheme}: [] }]
paths:
  /a:
    get:
      operationId: ${id}
      tags: [${tag.replace(mark, '')}]
      security:
        - ${scheme}: []
      responses:
        '200': { description: A, links: { again: { operationId: '${id.replace(mark, '')}' } } }
components:
  securitySchemes:
    ${scheme}: { type: http, scheme: bearer }
    other: { $ref: '#/components/securitySchemes/${scheme}' }
`;
    const main = 'openapi.yaml';
    assert.deepEqual(await renamed({ [main]: text(`t${mark}ag`, 'key', 'getA') }, 'word'), {
      [main]: text('word', 'key', 'getA'),
    });
    assert.deepEqual(await renamed({ [main]: text('tag', 'key', `get${mark}A`) }, 'readA'), {
      [main]: text('tag', 'key', 'readA'),
    });
    const atKey = text('tag', 'key', 'getA').replace('    key: {', `    k${mark}ey: {`);
    assert.deepEqual(await renamed({ [main]: atKey }, 'token'), { [main]: text('tag', 'token', 'getA') });
    const comma = await renamed({ [main]: text(`t${mark}ag`, 'key', 'getA') }, 'a, b');
    assert.match(comma[main] ?? '', /tags: \['a, b'\]/);
  });

  test('shows the name alone, without quotes and the rest of a reference', async () => {
    const texts = {
      'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: '#/components/sch${mark}emas/Bee' }\n    Bee: {}\n`,
    };
    const { files, offset } = await marked(texts);
    const found = renamableAt(files, offset);
    assert.ok(!('refused' in found));
    assert.equal(found.name, 'Bee');
    assert.equal(files.spec.source.slice(found.span.start, found.span.end), 'Bee');
  });
});

describe('a rename is refused', () => {
  const schemas = (text: string): Readonly<Record<string, string>> => ({
    'openapi.yaml': `${head}components:\n  schemas:\n${text}`,
  });
  for (const [what, texts, name, why] of [
    ['for a name that is there', schemas(`    A${mark}: {}\n    B: {}\n`), 'B', /a `B` beside it already/],
    ['for a name that no component can have', schemas(`    A${mark}: {}\n`), 'a b', /only letters, digits/],
    ['for a property', schemas(`    A: { properties: { i${mark}d: {} } }\n`), 'key', /goes over the wire/],
    ['for a path', { 'openapi.yaml': `${head}paths:\n  /or${mark}ders: {}\n` }, '/x', /address of the API/],
    [
      'for a field of the format',
      { 'openapi.yaml': `${head}pa${mark}ths: {}\n` },
      'x',
      /nothing here that can be renamed/,
    ],
    [
      'for a text',
      { 'openapi.yaml': `openapi: 3.1.0\ninfo: { title: Sh${mark}op }\n` },
      'x',
      /nothing here that can be renamed/,
    ],
    [
      'for a tag that nobody declares',
      { 'openapi.yaml': `${head}paths:\n  /a: { get: { tags: [o${mark}ne] } }\n` },
      'x',
      /is not defined in this description/,
    ],
    [
      'for a schema that is chosen by its name',
      schemas(
        `    Pet: { discriminator: { propertyName: kind }, oneOf: [{ $ref: '#/components/schemas/Cat' }] }\n    C${mark}at: {}\n`,
      ),
      'Tomcat',
      /chosen by its name in the data/,
    ],
    ['for no name', schemas(`    A${mark}: {}\n`), ' ', /A name is needed/],
  ] as const)
    test(what, async () => {
      assert.match(await refused(texts, name), why);
    });
});
