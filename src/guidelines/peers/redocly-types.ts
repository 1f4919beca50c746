/**
 * What Redocly calls the objects of OpenAPI and Swagger, and which stand in which, in the order in which it looks at them
 * (https://redocly.com/docs/cli/rules/configurable-rules, @redocly/cli 2.77.0). Rules of teams name their subjects so.
 */
import type { SpecVersion } from '../detect';

export interface RedoclyType {
  /** The types of what stands under these keys, in the order in which it is looked at. */
  readonly fields: ReadonlyMap<string, string>;
  /** The type of what stands under every other key; undefined when nothing is known of it. */
  readonly rest: string | undefined;
  /** Which other keys are meant; all when not given. */
  readonly restKeys: RegExp | undefined;
  /** The type of the items of a list. */
  readonly items: string | undefined;
  /** Whether `x-…` may stand beside the fields. */
  readonly isExtensible: boolean;
  /** The types that stand in it for sure, whatever the values are: others are not looked for a second time. */
  readonly sure: readonly string[];
}

export type RedoclyTypes = ReadonlyMap<string, RedoclyType>;

/** What stands under `x-…` is of this type, where it is of no other. */
export const extensionType = 'SpecExtension';
/** A subject that is every node. */
export const anyType = 'any';

const restKeysOf: ReadonlyMap<string, RegExp> = new Map([
  ['Paths', /^\//],
  ['Responses', /^[0-9][0-9Xx]{2}$/],
]);

/**
 * `key:Type` says a field, `*:Type` what is under other keys, `[]:Type` the items of a list, `x-` that extensions may stand there;
 * `?Type` is a type that Redocly tells by the value.
 */
function typeOf(name: string, written: string): RedoclyType {
  const pairs = written
    .split(' ')
    .filter((one) => one.includes(':'))
    .map((one) => one.split(/:\??/) as [string, string]);
  const isExtensible = written.split(' ').includes('x-');
  const at = (key: string): string | undefined => pairs.find(([one]) => one === key)?.[1];
  return {
    fields: new Map(pairs.filter(([key]) => key !== '*' && key !== '[]')),
    rest: at('*'),
    restKeys: restKeysOf.get(name),
    items: at('[]'),
    isExtensible,
    sure: [
      ...written.split(' ').flatMap((one) => /:(\w+)$/.exec(one)?.[1] ?? []),
      ...(isExtensible ? [extensionType] : []),
    ],
  };
}

const lists = (names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map((name) => [`${name}List`, `[]:${name}`]));
const maps = (names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.split(' ').map((pair) => {
      const [name = '', of = ''] = pair.split(':');
      return [name, `*:?${of}`];
    }),
  );

const operations = (methods: string): string =>
  methods
    .split(' ')
    .map((method) => `${method}:Operation`)
    .join(' ');
const methods = operations('get put post delete options head patch');

const shared: Readonly<Record<string, string>> = {
  Tag: 'externalDocs:ExternalDocs x-',
  TagGroups: '[]:TagGroup',
  TagGroup: 'x-',
  ExternalDocs: 'x-',
  SecurityRequirement: '',
  Info: 'contact:Contact license:License x-logo:Logo x-',
  Logo: '',
  Contact: 'x-',
  License: 'x-',
  Paths: '*:?PathItem x-',
  Responses: 'default:Response *:?Response x-',
  SchemaProperties: '*:Schema',
  Xml: 'x-',
  EnumDescriptions: '',
  XCodeSample: '',
  ...lists('Tag SecurityRequirement Parameter XCodeSample Schema'),
  ...maps(
    'NamedSchemas:Schema NamedResponses:Response NamedParameters:Parameter NamedSecuritySchemes:SecurityScheme ExamplesMap:Example',
  ),
};

const codeSamples = 'x-codeSamples:XCodeSampleList x-code-samples:XCodeSampleList';
const valueFields = 'schema:Schema examples:ExamplesMap content:MediaTypesMap x-';

const oas3_0: Readonly<Record<string, string>> = {
  ...shared,
  Root: 'info:Info servers:ServerList security:SecurityRequirementList tags:TagList externalDocs:ExternalDocs paths:Paths components:Components x-webhooks:WebhooksMap x-tagGroups:TagGroups x-',
  Server: 'variables:ServerVariablesMap x-',
  ServerVariable: 'x-',
  PathItem: `servers:ServerList parameters:ParameterList ${methods} ${operations('trace x-query')} x-`,
  Parameter: valueFields,
  Operation: `externalDocs:ExternalDocs parameters:ParameterList security:SecurityRequirementList servers:ServerList requestBody:RequestBody responses:Responses callbacks:CallbacksMap ${codeSamples} x-`,
  Callback: '*:?PathItem x-',
  RequestBody: 'content:MediaTypesMap x-',
  MediaTypesMap: '*:MediaType',
  MediaType: 'schema:Schema examples:ExamplesMap encoding:EncodingMap x-',
  Example: 'x-',
  Encoding: 'headers:HeadersMap x-',
  Header: valueFields,
  Response: 'headers:HeadersMap content:MediaTypesMap links:LinksMap x-',
  Link: 'server:Server x-',
  Schema:
    'externalDocs:ExternalDocs discriminator:Discriminator allOf:AllOf anyOf:AnyOf oneOf:OneOf not:Schema properties:SchemaProperties items:?Schema additionalProperties:?Schema xml:Xml x-',
  AllOf: '[]:Schema',
  AnyOf: '[]:Schema',
  OneOf: '[]:Schema',
  DiscriminatorMapping: '',
  Discriminator: 'mapping:DiscriminatorMapping x-',
  Components:
    'parameters:NamedParameters schemas:NamedSchemas responses:NamedResponses examples:NamedExamples requestBodies:NamedRequestBodies headers:NamedHeaders securitySchemes:NamedSecuritySchemes links:NamedLinks callbacks:NamedCallbacks x-',
  OAuth2Flows:
    'implicit:ImplicitFlow password:PasswordFlow clientCredentials:ClientCredentials authorizationCode:AuthorizationCode x-',
  ImplicitFlow: 'x-',
  PasswordFlow: 'x-',
  ClientCredentials: 'x-',
  AuthorizationCode: 'x-usePkce:?XUsePkce x-',
  XUsePkce: '',
  SecurityScheme: 'flows:OAuth2Flows x-',
  ...lists('Server'),
  ...maps(
    'ServerVariablesMap:ServerVariable CallbacksMap:Callback EncodingMap:Encoding HeadersMap:Header LinksMap:Link WebhooksMap:PathItem NamedExamples:Example NamedRequestBodies:RequestBody NamedHeaders:Header NamedLinks:Link NamedCallbacks:Callback',
  ),
};

const oas3_1: Readonly<Record<string, string>> = {
  ...oas3_0,
  Root: 'info:Info servers:ServerList security:SecurityRequirementList tags:TagList externalDocs:ExternalDocs paths:Paths webhooks:WebhooksMap components:Components x-',
  Schema:
    'definitions:NamedSchemas $defs:NamedSchemas externalDocs:ExternalDocs discriminator:Discriminator allOf:AllOf anyOf:AnyOf oneOf:OneOf not:Schema if:Schema then:Schema else:Schema dependentSchemas:SchemaMap dependentRequired:DependentRequired prefixItems:SchemaList contains:Schema patternProperties:PatternProperties propertyNames:Schema unevaluatedItems:?Schema unevaluatedProperties:?Schema properties:SchemaProperties items:?Schema additionalProperties:?Schema contentSchema:Schema xml:Xml x-',
  DependentRequired: '',
  SchemaProperties: '*:?Schema',
  Components: `${oas3_0['Components'] ?? ''} pathItems:NamedPathItems`,
  ...maps('PatternProperties:Schema SchemaMap:Schema NamedPathItems:PathItem'),
};

const oas3_2: Readonly<Record<string, string>> = {
  ...oas3_1,
  PathItem: `${oas3_0['PathItem'] ?? ''} ${operations('query')} additionalOperations:OperationMap`,
  MediaType:
    'schema:Schema examples:ExamplesMap encoding:EncodingMap itemSchema:Schema prefixEncoding:EncodingList itemEncoding:Encoding x-',
  Encoding: 'headers:HeadersMap encoding:EncodingMap prefixEncoding:EncodingList itemEncoding:Encoding x-',
  OAuth2Flows: `${oas3_0['OAuth2Flows'] ?? ''} deviceAuthorization:DeviceAuthorization`,
  DeviceAuthorization: 'x-',
  Components: `${oas3_1['Components'] ?? ''} mediaTypes:NamedMediaTypes`,
  ...lists('Encoding'),
  ...maps('OperationMap:Operation NamedMediaTypes:MediaType'),
};

const oas2: Readonly<Record<string, string>> = {
  ...shared,
  Root: 'info:Info paths:Paths definitions:NamedSchemas parameters:NamedParameters responses:NamedResponses securityDefinitions:NamedSecuritySchemes security:SecurityRequirementList tags:TagList externalDocs:ExternalDocs x-servers:XServerList x-tagGroups:TagGroups x-',
  PathItem: `parameters:ParameterList ${methods} x-`,
  Operation: `externalDocs:ExternalDocs parameters:ParameterList responses:Responses security:SecurityRequirementList ${codeSamples} x-`,
  Parameter: 'schema:Schema items:ParameterItems x-examples:ExamplesMap x-',
  ParameterItems: 'items:ParameterItems x-',
  Header: 'items:ParameterItems x-',
  Response: 'schema:Schema headers:HeaderMap examples:Examples x-',
  Examples: '',
  Example: 'x-',
  Schema:
    'items:?Schema allOf:SchemaList properties:SchemaProperties additionalProperties:?Schema xml:Xml externalDocs:ExternalDocs x-enumDescriptions:EnumDescriptions x-',
  SecurityScheme: 'scopes:Scopes x-',
  Scopes: 'x-',
  XServer: 'x-',
  ...lists('XServer'),
  ...maps('HeaderMap:Header'),
};

const made = (all: Readonly<Record<string, string>>): RedoclyTypes =>
  new Map(Object.entries(all).map(([name, written]) => [name, typeOf(name, written)]));

const byVersion: ReadonlyMap<SpecVersion, RedoclyTypes> = new Map<SpecVersion, RedoclyTypes>([
  ['2.0', made(oas2)],
  ['3.0', made(oas3_0)],
  ['3.1', made(oas3_1)],
  ['3.2', made(oas3_2)],
]);

/** The types of a version; undefined for formats beside OpenAPI. */
export function redoclyTypes(version: SpecVersion): RedoclyTypes | undefined {
  return byVersion.get(version);
}

/** All names that a subject can have. */
export const subjectTypes: ReadonlySet<string> = new Set([
  anyType,
  extensionType,
  ...[...byVersion.values()].flatMap((types) => [...types.keys()]),
]);

/** The types that lie between two others for sure: below the first, and around the second, at any depth. */
export function typesBetween(types: RedoclyTypes, first: string, second: string): ReadonlySet<string> {
  const below = grown([first], (found) => [...found].flatMap((name) => types.get(name)?.sure ?? []));
  const around = grown([], (found) =>
    [...types]
      .filter(([, { sure }]) => sure.some((one) => one === second || found.has(one)))
      .map(([name]) => name),
  );
  return new Set([...below].filter((name) => around.has(name)));
}

/** Adds what `more` says of a set, until it says nothing new. */
function grown(
  start: readonly string[],
  more: (found: ReadonlySet<string>) => readonly string[],
): ReadonlySet<string> {
  const found = new Set(start);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const one of more(found)) found.add(one);
  }
  return found;
}
