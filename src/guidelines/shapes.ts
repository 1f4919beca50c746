/**
 * The object model of OpenAPI 3.0–3.2 (https://spec.openapis.org/oas/v3.2.0.html) and Swagger 2.0
 * (https://spec.openapis.org/oas/v2.0.html): which fields each object has and what stands in them.
 */

import type { Content, Shape } from './shape';
import { any, closed, fields, list, map, mapOf, one, oneOrList, open } from './shape';
import type { SpecVersion } from './detect';
import { otherRoots, otherShapes, otherTypes } from './shapes-other';

/** Kinds of nodes that rules visit. */
export const nodeTypes = [
  'document',
  'info',
  'contact',
  'license',
  'server',
  'serverVariable',
  'tag',
  'externalDocs',
  'paths',
  'pathItem',
  'operation',
  'parameter',
  'requestBody',
  'responses',
  'response',
  'header',
  'items',
  'mediaType',
  'encoding',
  'example',
  'link',
  'callback',
  'schema',
  'properties',
  'discriminator',
  'xml',
  'components',
  'securityScheme',
  'oauthFlows',
  'oauthFlow',
  'securityRequirement',
  ...otherTypes,
] as const;
export type NodeType = (typeof nodeTypes)[number];
export type { Content, Shape } from './shape';

const schemaFields = fields(
  '$ref $id $schema $anchor $dynamicRef $dynamicAnchor $comment $vocabulary title description type format default enum const ' +
    'multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems ' +
    'maxContains minContains maxProperties minProperties required dependentRequired readOnly writeOnly example examples ' +
    'deprecated nullable contentEncoding contentMediaType',
  {
    ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((name) => [name, list('schema')])),
    ...Object.fromEntries(
      [
        'not',
        'if',
        'then',
        'else',
        'contains',
        'propertyNames',
        'additionalProperties',
        'unevaluatedProperties',
      ].map((name) => [name, one('schema')]),
    ),
    ...Object.fromEntries(
      ['patternProperties', 'dependentSchemas', '$defs', 'definitions'].map((name) => [name, map('schema')]),
    ),
    unevaluatedItems: one('schema'),
    contentSchema: one('schema'),
    items: oneOrList('schema'),
    properties: one('properties'),
    discriminator: one('discriminator'),
    xml: one('xml'),
    externalDocs: one('externalDocs'),
  },
);

const methods = Object.fromEntries(
  ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map((name) => [name, one('operation')]),
);

/** Swagger 2.0: what says the type of a value that is no body. */
const itemFields =
  'type format collectionFormat default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern ' +
  'maxItems minItems uniqueItems enum multipleOf';

const shared = {
  contact: closed('name url email'),
  externalDocs: closed('description url'),
  xml: closed('name namespace prefix attribute wrapped nodeType'),
  properties: mapOf(one('schema'), false),
  paths: mapOf(one('pathItem')),
  responses: mapOf(one('response')),
  callback: mapOf(one('pathItem')),
  schema: open(schemaFields),
  securityRequirement: open({}),
  serverVariable: closed('enum default description'),
  encoding: closed('contentType style explode allowReserved', {
    headers: map('header'),
    encoding: map('encoding'),
    prefixEncoding: list('encoding'),
    itemEncoding: one('encoding'),
  }),
  items: closed(itemFields, { items: one('items') }),
  link: closed('$ref operationRef operationId parameters requestBody description', { server: one('server') }),
  example: closed('$ref summary description value externalValue dataValue serializedValue'),
} as const satisfies Partial<Record<NodeType, Shape>>;

/** OpenAPI 3.0, 3.1 and 3.2 together: a field of a later version is no unknown field, only one that is too new. */
const openapi3: Readonly<Record<NodeType, Shape>> = {
  ...shared,
  ...otherShapes,
  document: closed('openapi jsonSchemaDialect $self', {
    info: one('info'),
    servers: list('server'),
    paths: one('paths'),
    webhooks: map('pathItem'),
    components: one('components'),
    security: list('securityRequirement'),
    tags: list('tag'),
    externalDocs: one('externalDocs'),
  }),
  info: closed('title summary description termsOfService version', {
    contact: one('contact'),
    license: one('license'),
  }),
  license: closed('name identifier url'),
  server: closed('url description name', { variables: map('serverVariable') }),
  tag: closed('name summary description parent kind', { externalDocs: one('externalDocs') }),
  pathItem: closed('$ref summary description', {
    ...methods,
    trace: one('operation'),
    query: one('operation'),
    additionalOperations: map('operation'),
    servers: list('server'),
    parameters: list('parameter'),
  }),
  operation: closed('tags summary description operationId deprecated', {
    externalDocs: one('externalDocs'),
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: one('responses'),
    callbacks: map('callback'),
    security: list('securityRequirement'),
    servers: list('server'),
  }),
  parameter: closed(
    '$ref name in description required deprecated allowEmptyValue style explode allowReserved example',
    {
      schema: one('schema'),
      examples: map('example'),
      content: map('mediaType'),
    },
  ),
  requestBody: closed('$ref description required', { content: map('mediaType') }),
  response: closed('$ref summary description', {
    headers: map('header'),
    content: map('mediaType'),
    links: map('link'),
  }),
  header: closed('$ref description required deprecated allowEmptyValue style explode allowReserved example', {
    schema: one('schema'),
    examples: map('example'),
    content: map('mediaType'),
  }),
  mediaType: closed('$ref example', {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    encoding: map('encoding'),
    prefixEncoding: list('encoding'),
    itemEncoding: one('encoding'),
  }),
  discriminator: closed('propertyName mapping defaultMapping'),
  components: closed('', {
    schemas: map('schema'),
    responses: map('response'),
    parameters: map('parameter'),
    examples: map('example'),
    requestBodies: map('requestBody'),
    headers: map('header'),
    securitySchemes: map('securityScheme'),
    links: map('link'),
    callbacks: map('callback'),
    pathItems: map('pathItem'),
    mediaTypes: map('mediaType'),
  }),
  securityScheme: closed(
    '$ref type description name in scheme bearerFormat openIdConnectUrl oauth2MetadataUrl deprecated',
    { flows: one('oauthFlows') },
  ),
  oauthFlows: closed(
    '',
    Object.fromEntries(
      ['implicit', 'password', 'clientCredentials', 'authorizationCode', 'deviceAuthorization'].map(
        (name) => [name, one('oauthFlow')],
      ),
    ),
  ),
  oauthFlow: closed('authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes'),
};

const swagger2: Readonly<Record<NodeType, Shape>> = {
  ...openapi3,
  document: closed('swagger host basePath schemes consumes produces', {
    info: one('info'),
    paths: one('paths'),
    definitions: map('schema'),
    parameters: map('parameter'),
    responses: map('response'),
    securityDefinitions: map('securityScheme'),
    security: list('securityRequirement'),
    tags: list('tag'),
    externalDocs: one('externalDocs'),
  }),
  license: closed('name url'),
  pathItem: closed('$ref', { ...methods, parameters: list('parameter') }),
  operation: closed('tags summary description operationId consumes produces schemes deprecated', {
    externalDocs: one('externalDocs'),
    parameters: list('parameter'),
    responses: one('responses'),
    security: list('securityRequirement'),
  }),
  parameter: closed(`$ref name in description required allowEmptyValue ${itemFields}`, {
    schema: one('schema'),
    items: one('items'),
  }),
  response: closed('$ref description examples', { schema: one('schema'), headers: map('header') }),
  header: closed(`description ${itemFields}`, { items: one('items') }),
  securityScheme: closed('type description name in flow authorizationUrl tokenUrl scopes'),
  // In Swagger 2.0 the discriminator is the property's name.
  schema: open({ ...schemaFields, discriminator: any }),
};

/** The shapes of a version's objects. */
export function shapesOf(version: string): Readonly<Record<NodeType, Shape>> {
  return version === '2.0' ? swagger2 : openapi3;
}

/** What the root of a document is, by its format. */
export function rootOf(version: SpecVersion): Content {
  return one(otherRoots.get(version) ?? 'document');
}

/** Methods that a path item can hold an operation for. */
export const httpMethods: readonly string[] = [...Object.keys(methods), 'trace', 'query'];
