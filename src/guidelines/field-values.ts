/**
 * What kind of value each field holds (https://spec.openapis.org/oas/v3.2.0.html, https://spec.openapis.org/oas/v2.0.html); the fields
 * with objects in them are in `shapes.ts`.
 */
import type { SpecVersion } from './detect';
import type { NodeType } from './shapes';

/** `texts` is a list of texts, `textMap` a map of them, `schemaOr…` what stands in a schema besides. */
export type ValueKind =
  | 'text'
  | 'flag'
  | 'number'
  | 'count'
  | 'list'
  | 'texts'
  | 'map'
  | 'textMap'
  | 'textOrTexts'
  | 'numberOrFlag';

function each(kind: ValueKind, names: string): Record<string, ValueKind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

/** A field of one name holds the same kind of value nearly everywhere. */
const usual: Readonly<Record<string, ValueKind>> = {
  ...each(
    'text',
    '$ref $self $id $schema $anchor $comment title summary description termsOfService version name url email identifier operationId ' +
      'operationRef externalValue serializedValue style contentType namespace prefix nodeType propertyName defaultMapping in ' +
      'scheme bearerFormat openIdConnectUrl oauth2MetadataUrl authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl flow ' +
      'host basePath collectionFormat format pattern parent kind jsonSchemaDialect contentEncoding contentMediaType type ' +
      'asyncapi id defaultContentType protocol protocolVersion pathname action arazzo workflowId stepId operationPath condition ' +
      'context reference overlay extends target copy',
  ),
  ...each(
    'flag',
    'deprecated required explode allowReserved allowEmptyValue attribute wrapped readOnly writeOnly nullable uniqueItems remove',
  ),
  ...each('number', 'maximum minimum multipleOf'),
  ...each(
    'count',
    'maxLength minLength maxItems minItems maxProperties minProperties maxContains minContains',
  ),
  ...each('numberOrFlag', 'exclusiveMaximum exclusiveMinimum'),
  ...each('list', 'enum'),
  ...each('texts', 'tags consumes produces schemes dependsOn'),
  ...each('textMap', 'scopes mapping outputs'),
};

const own: Readonly<Partial<Record<NodeType, Readonly<Record<string, ValueKind | undefined>>>>> = {
  document: { tags: undefined },
  schema: {
    required: 'texts',
    type: 'textOrTexts',
    examples: 'list',
    // 2.0 only; later it is an object.
    discriminator: 'text',
    xml: undefined,
  },
  // A condition can have a type with a version of its own.
  criterion: { type: undefined },
  asyncComponents: { tags: 'map' },
  serverVariable: { enum: 'texts', default: 'text' },
  response: { examples: 'map' },
  link: { parameters: 'map' },
  discriminator: { mapping: 'textMap' },
};

/** The kind of value that a field of an object holds; undefined when it may be any. */
export function valueKindOf(type: NodeType, field: string, version: SpecVersion): ValueKind | undefined {
  if (type === 'schema' && field === 'type' && version === '3.0') return 'text';
  const fields = own[type];
  if (fields !== undefined && Object.hasOwn(fields, field)) return fields[field];
  return Object.hasOwn(usual, field) ? usual[field] : undefined;
}
