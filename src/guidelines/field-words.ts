/** Fields that can have only some words as values (https://spec.openapis.org/oas/v3.2.0.html, https://spec.openapis.org/oas/v2.0.html). */
import type { SpecVersion } from './detect';

/** The words that fields of one object can have. */
export type FieldWords = Readonly<Record<string, readonly string[]>>;
type Table = Readonly<
  Record<'parameter' | 'header' | 'items' | 'securityScheme' | 'schema' | 'xml' | 'operation', FieldWords>
>;

const words = (text: string): readonly string[] => text.split(' ');
const types = words('string number integer boolean array object');

/** Of a value that is no body and no parameter. */
const plainValue = { type: types.slice(0, -1), collectionFormat: words('csv ssv tsv pipes') };

const swagger2: Table = {
  parameter: {
    in: words('query header path formData body'),
    collectionFormat: words('csv ssv tsv pipes multi'),
    type: words('string number integer boolean array file'),
  },
  header: plainValue,
  items: plainValue,
  securityScheme: {
    type: words('basic apiKey oauth2'),
    in: words('query header'),
    flow: words('implicit password application accessCode'),
  },
  schema: { type: [...types, 'null', 'file'] },
  xml: {},
  operation: { schemes: words('http https ws wss') },
};

const openapi30: Table = {
  parameter: {
    in: words('query header path cookie'),
    style: words('matrix label form simple spaceDelimited pipeDelimited deepObject'),
  },
  header: { style: ['simple'] },
  items: {},
  securityScheme: { type: words('apiKey http oauth2 openIdConnect'), in: words('query header cookie') },
  schema: { type: types },
  xml: {},
  operation: {},
};

const openapi31: Table = {
  ...openapi30,
  securityScheme: { ...openapi30.securityScheme, type: words('apiKey http oauth2 openIdConnect mutualTLS') },
  schema: { type: [...types, 'null'] },
};

const openapi32: Table = {
  ...openapi31,
  parameter: {
    in: words('query header path cookie querystring'),
    style: [...(openapi30.parameter['style'] ?? []), 'cookie'],
  },
  xml: { nodeType: words('element attribute text cdata none') },
};

const tables: Readonly<Record<string, Table>> = {
  '2.0': swagger2,
  '3.0': openapi30,
  '3.1': openapi31,
  '3.2': openapi32,
};

/** The words of a version's fields, by the kind of object. */
export function fieldWords(version: SpecVersion): Table {
  return tables[version] ?? openapi31;
}

/** The words that a field can have; undefined when it can have any. */
export function wordsFor(type: string, field: string, version: SpecVersion): readonly string[] | undefined {
  const table: Readonly<Record<string, FieldWords | undefined>> = fieldWords(version);
  const fields = Object.hasOwn(table, type) ? table[type] : undefined;
  return fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
}
