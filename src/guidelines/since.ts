/** With which version fields came (https://spec.openapis.org/oas/v3.1.1.html, https://spec.openapis.org/oas/v3.2.0.html). */
import type { SpecVersion } from './detect';
import type { NodeType } from './shapes';

/** Keywords of schemas that came with OpenAPI 3.1. */
export const since31: ReadonlySet<string> = new Set([
  'const',
  'if',
  'then',
  'else',
  'contains',
  'prefixItems',
  'propertyNames',
  'patternProperties',
  'dependentSchemas',
  'dependentRequired',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contentEncoding',
  'contentMediaType',
  'examples',
]);
/** Keywords of schemas that came with OpenAPI 3.0. */
export const since30: ReadonlySet<string> = new Set([
  'anyOf',
  'oneOf',
  'not',
  'nullable',
  'writeOnly',
  'deprecated',
]);

/** Keywords of JSON Schema itself, which schemas have since OpenAPI 3.1. */
const schemaOwn = /^(?:\$(?!ref$)|contentSchema$|minContains$|maxContains$)/;

type Fields = Readonly<Partial<Record<NodeType, string>>>;

const later: readonly (readonly [SpecVersion, Fields])[] = [
  [
    '3.1',
    {
      document: 'jsonSchemaDialect webhooks',
      info: 'summary',
      license: 'identifier',
      components: 'pathItems',
      pathItem: '',
    },
  ],
  [
    '3.2',
    {
      document: '$self',
      server: 'name',
      tag: 'summary parent kind',
      pathItem: 'query additionalOperations',
      response: 'summary',
      mediaType: '$ref itemSchema prefixEncoding itemEncoding',
      encoding: 'encoding prefixEncoding itemEncoding',
      example: 'dataValue serializedValue',
      discriminator: 'defaultMapping',
      components: 'mediaTypes',
      securityScheme: 'oauth2MetadataUrl deprecated',
      oauthFlows: 'deviceAuthorization',
      oauthFlow: 'deviceAuthorizationUrl',
      xml: 'nodeType',
    },
  ],
];

const order: readonly SpecVersion[] = ['2.0', '3.0', '3.1', '3.2'];

/** Whether a version knows a field that some version knows. */
export function isKnownIn(version: SpecVersion, type: NodeType, field: string): boolean {
  const at = order.indexOf(version);
  if (at < 0) return true;
  if (type === 'schema') return isKeywordIn(at, field);
  return !later.some(
    ([since, fields]) => order.indexOf(since) > at && (fields[type] ?? '').split(' ').includes(field),
  );
}

function isKeywordIn(at: number, field: string): boolean {
  if (at < 2 && (since31.has(field) || schemaOwn.test(field))) return false;
  if (at < 1 && since30.has(field)) return false;
  return !(at >= 2 && field === 'nullable') && !(at > 0 && field === 'definitions');
}
