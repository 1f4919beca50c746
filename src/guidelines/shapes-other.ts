/**
 * The outlines of formats beside OpenAPI: AsyncAPI 2 and 3 (https://www.asyncapi.com/docs/reference/specification/v3.0.0), Arazzo 1
 * (https://spec.openapis.org/arazzo/v1.0.1.html) and Overlay 1 (https://spec.openapis.org/overlay/v1.0.0.html).
 */
import type { SpecVersion } from './detect';
import type { Shape } from './shape';
import { any, closed, list, map, one } from './shape';

export const otherTypes = [
  'asyncDocument2',
  'asyncDocument3',
  'asyncInfo',
  'asyncServer2',
  'asyncServer3',
  'asyncChannel2',
  'asyncChannel3',
  'asyncOperation2',
  'asyncOperation3',
  'asyncComponents',
  'arazzoDocument',
  'arazzoInfo',
  'sourceDescription',
  'workflow',
  'step',
  'stepParameter',
  'criterion',
  'overlayDocument',
  'overlayInfo',
  'overlayAction',
] as const;
type OtherType = (typeof otherTypes)[number];

export const otherRoots: ReadonlyMap<SpecVersion, OtherType> = new Map<SpecVersion, OtherType>([
  ['asyncapi-2', 'asyncDocument2'],
  ['asyncapi-3', 'asyncDocument3'],
  ['arazzo-1', 'arazzoDocument'],
  ['overlay-1', 'overlayDocument'],
]);

const described = { externalDocs: one('externalDocs'), tags: list('tag') };

export const otherShapes: Readonly<Record<OtherType, Shape>> = {
  asyncDocument2: closed('asyncapi id defaultContentType', {
    ...described,
    info: one('asyncInfo'),
    servers: map('asyncServer2'),
    channels: map('asyncChannel2'),
    components: one('asyncComponents'),
  }),
  asyncDocument3: closed('asyncapi id defaultContentType', {
    info: one('asyncInfo'),
    servers: map('asyncServer3'),
    channels: map('asyncChannel3'),
    operations: map('asyncOperation3'),
    components: one('asyncComponents'),
  }),
  asyncInfo: closed('title version description termsOfService', {
    ...described,
    contact: one('contact'),
    license: one('license'),
  }),
  asyncServer2: closed('$ref url protocol protocolVersion description variables security bindings', {
    tags: list('tag'),
  }),
  asyncServer3: closed(
    '$ref host pathname protocol protocolVersion title summary description variables security bindings',
    described,
  ),
  asyncChannel2: closed('$ref description servers parameters bindings', {
    subscribe: one('asyncOperation2'),
    publish: one('asyncOperation2'),
  }),
  asyncChannel3: closed(
    '$ref address messages title summary description servers parameters bindings',
    described,
  ),
  asyncOperation2: closed('operationId summary description security bindings traits message', described),
  asyncOperation3: closed(
    '$ref action channel title summary description security bindings traits messages reply',
    described,
  ),
  asyncComponents: closed(
    'servers serverVariables channels operations messages securitySchemes parameters correlationIds replies ' +
      'replyAddresses externalDocs tags operationTraits messageTraits serverBindings channelBindings operationBindings ' +
      'messageBindings',
    { schemas: map('schema') },
  ),
  arazzoDocument: closed('arazzo', {
    info: one('arazzoInfo'),
    sourceDescriptions: list('sourceDescription'),
    workflows: list('workflow'),
    components: any,
  }),
  arazzoInfo: closed('title summary description version'),
  sourceDescription: closed('name url type'),
  workflow: closed('workflowId summary description inputs dependsOn successActions failureActions outputs', {
    steps: list('step'),
    parameters: list('stepParameter'),
  }),
  step: closed(
    'description stepId operationId operationPath workflowId requestBody onSuccess onFailure outputs',
    { parameters: list('stepParameter'), successCriteria: list('criterion') },
  ),
  stepParameter: closed('name in value reference'),
  criterion: closed('context condition type'),
  overlayDocument: closed('overlay extends', { info: one('overlayInfo'), actions: list('overlayAction') }),
  overlayInfo: closed('title version description'),
  overlayAction: closed('target description update remove copy'),
};
