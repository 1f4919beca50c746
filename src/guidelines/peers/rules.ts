/**
 * Which of our rules say what a rule of Spectral's `oas` set (@stoplight/spectral-rulesets 1.23.1) or a built-in rule of Redocly
 * (@redocly/cli 2.77.0) says; and why, where none does.
 */

export interface PeerRule {
  /** Our rules that say it; several where the peer says several things at once. */
  readonly ours: readonly string[];
  /** Whether it is in the set that the peer recommends. */
  readonly isRecommended: boolean;
  /** Why there is none of ours. */
  readonly why?: string;
}

const on = (ours: string): PeerRule => ({ ours: ours.split(' '), isRecommended: true });
const off = (ours: string): PeerRule => ({ ours: ours.split(' '), isRecommended: false });
const none = (why: string): PeerRule => ({ ours: [], isRecommended: false, why });

const structure =
  'field-type field-value required-field unknown-field status-code path-leading-slash parameter-schema security-scheme-complete example-or-examples address-format required-unique enum-not-empty pattern-valid unsupported-keyword';

/** What reads a text before the rules see it; the peers have no rule for it, or one by another name. */
export const readers: Readonly<Record<'spectral-oas' | 'redocly-recommended', readonly string[]>> = {
  'spectral-oas': ['duplicate-key', 'syntax', 'unresolved-ref'],
  'redocly-recommended': ['duplicate-key', 'syntax'],
};

export const spectralRules: Readonly<Record<string, PeerRule>> = {
  'operation-success-response': on('success-response'),
  'oas2-operation-formData-consume-check': on('formdata-consumes'),
  'operation-operationId-unique': on('operation-id-unique'),
  'operation-parameters': on('operation-params-unique body-parameter-once'),
  'operation-tag-defined': on('tags-defined'),
  'path-params': on('path-params-defined path-identical operation-params-unique'),
  'contact-properties': off('contact-fields'),
  'duplicated-entry-in-enum': on('enum-duplicates'),
  'info-contact': on('info-contact'),
  'info-description': on('info-description'),
  'info-license': off('info-license'),
  'license-url': off('license-address'),
  'no-eval-in-markdown': on('markdown-no-eval'),
  'no-script-tags-in-markdown': on('markdown-no-script'),
  'openapi-tags-alphabetical': off('tags-alphabetical'),
  'openapi-tags-uniqueness': on('tags-unique'),
  'openapi-tags': off('tags-declared'),
  'operation-description': on('operation-description'),
  'operation-operationId': on('operation-id'),
  'operation-operationId-valid-in-url': on('operation-id-url-safe'),
  'operation-singular-tag': off('operation-single-tag'),
  'operation-tags': on('operation-tags'),
  'path-declarations-must-exist': on('path-placeholder-named'),
  'path-keys-no-trailing-slash': on('path-no-trailing-slash'),
  'path-not-include-query': on('path-no-query'),
  'tag-description': off('tag-description'),
  'no-$ref-siblings': on('ref-siblings ref-alone'),
  'array-items': on('array-items'),
  'typed-enum': on('enum-type'),
  'oas2-api-host': on('host-defined'),
  'oas2-api-schemes': on('schemes-defined'),
  'oas2-discriminator': on('discriminator-property'),
  'oas2-host-not-example': off('server-not-example'),
  'oas2-host-trailing-slash': on('server-trailing-slash'),
  'oas2-parameter-description': off('parameter-description'),
  'oas2-operation-security-defined': on('security-scheme-exists security-scopes-defined'),
  'oas2-valid-schema-example': on('schema-example schema-default'),
  'oas2-valid-media-example': on('media-type-example'),
  'oas2-anyOf': on('unsupported-keyword'),
  'oas2-oneOf': on('unsupported-keyword'),
  'oas2-schema': on(`${structure} host-format body-parameter-once`),
  'oas2-unused-definition': on('unused-component'),
  'oas3-api-servers': on('servers-defined'),
  'oas3-examples-value-or-externalValue': on('example-one-value'),
  'oas3-operation-security-defined': on('security-scheme-exists security-scopes-defined'),
  'oas3-parameter-description': off('parameter-description'),
  'oas3-server-not-example.com': off('server-not-example'),
  'oas3-server-trailing-slash': on('server-trailing-slash'),
  'oas3-valid-media-example': on('media-type-example parameter-example'),
  'oas3-valid-schema-example': on('schema-example schema-default'),
  'oas3-schema': on(`${structure} openapi-version component-name`),
  'oas3-unused-component': on('unused-component'),
  'oas3-server-variables': on('server-variables-defined server-variable-enum'),
  'oas3-callbacks-in-callbacks': on('callback-not-nested'),
  'oas3_1-servers-in-webhook': on('webhook-no-servers'),
  'oas3_1-callbacks-in-webhook': on('webhook-no-callbacks'),
  'oas3_2-no-deprecated-xml-attribute': on('xml-node-type'),
};

const arazzo = none('It is about Arazzo workflows, whose structure is checked by `workflow-structure`.');
const asyncApi = none(
  'It is about AsyncAPI channels, a matter of taste that a team can ask for in an own rule.',
);
const otherFormat = none('It is about a format that is not read here: GraphQL, OpenRPC.');

export const redoclyRules: Readonly<Record<string, PeerRule>> = {
  'array-parameter-serialization': off('array-parameter-serialization'),
  'boolean-parameter-prefixes': off('boolean-parameter-prefix'),
  'channels-kebab-case': asyncApi,
  'component-name-unique': none(
    'Files are not bundled into one here, so components of one name in two files do not clash.',
  ),
  'criteria-unique': arazzo,
  'info-contact': off('info-contact'),
  'info-license': on('info-license'),
  'info-license-strict': on('license-address'),
  'no-ambiguous-paths': on('path-ambiguous path-identical'),
  'no-channel-trailing-slash': asyncApi,
  'no-criteria-xpath': arazzo,
  'no-duplicated-enum-values': on('enum-duplicates'),
  'no-duplicated-tag-names': on('tags-unique'),
  'no-empty-servers': on('servers-defined'),
  'no-enum-type-mismatch': on('enum-type'),
  'no-example-value-and-externalValue': on('example-one-value'),
  'no-http-verbs-in-paths': off('path-no-verbs'),
  'no-identical-paths': on('path-identical'),
  'no-invalid-media-type-examples': on('media-type-example'),
  'no-invalid-parameter-examples': on('parameter-example'),
  'no-invalid-schema-examples': on('schema-example'),
  'no-mixed-number-range-constraints': on('number-range'),
  'no-path-trailing-slash': on('path-no-trailing-slash'),
  'no-required-schema-properties-undefined': on('required-defined'),
  'no-schema-type-mismatch': on('schema-type-keywords'),
  'no-server-example.com': on('server-not-example'),
  'no-server-trailing-slash': on('server-trailing-slash'),
  'no-server-variables-empty-enum': on('server-variable-enum'),
  'no-undefined-server-variable': on('server-variables-defined'),
  'no-unresolved-refs': on('unresolved-ref'),
  'no-unsafe-markdown': on('markdown-no-script'),
  'no-unused-components': on('unused-component'),
  'no-unused-types': otherFormat,
  'no-x-security-both-scheme-and-scheme-name': arazzo,
  'no-x-security-scheme-name-without-openapi': arazzo,
  'nullable-type-sibling': on('nullable-type'),
  'operation-2xx-response': on('success-response'),
  'operation-4xx-problem-details-rfc7807': off('problem-json'),
  'operation-4xx-response': on('client-error-response'),
  'operation-description': off('operation-description'),
  'operation-operationId': on('operation-id'),
  'operation-operationId-unique': on('operation-id-unique'),
  'operation-operationId-url-safe': on('operation-id-url-safe'),
  'operation-parameters-unique': on('operation-params-unique'),
  'operation-singular-tag': off('operation-single-tag'),
  'operation-summary': on('operation-summary'),
  'operation-tag-defined': off('tags-defined'),
  'outputs-defined': arazzo,
  'parameter-description': off('parameter-description'),
  'parameters-unique': arazzo,
  'path-declaration-must-exist': on('path-placeholder-named'),
  'path-http-verbs-order': off('path-method-order'),
  'path-not-include-query': on('path-no-query'),
  'path-parameters-defined': on('path-params-defined'),
  'path-params-defined': off('path-params-defined'),
  'path-segment-plural': none(
    'Which words are plural is a matter of a guide: the rules of Zalando and Heroku ask it with exceptions of their own.',
  ),
  'paths-kebab-case': off('path-kebab-case'),
  'request-mime-type': off('request-media-types'),
  'requestBody-replacements-unique': arazzo,
  'required-string-property-missing-min-length': off('string-min-length'),
  'response-contains-header': none(
    'It says nothing until a team lists headers; an own rule with `given` and `then` says it in two lines.',
  ),
  'response-contains-property': none(
    'It says nothing until a team lists properties; an own rule with `given` and `then` says it in two lines.',
  ),
  'response-mime-type': off('response-media-types'),
  'scalar-property-missing-example': off('property-example'),
  'security-defined': on('operation-security security-scheme-exists'),
  'security-scopes-defined': on('security-scopes-defined'),
  'sourceDescription-name-unique': arazzo,
  'sourceDescription-type': arazzo,
  'sourceDescriptions-not-empty': arazzo,
  'spec-components-invalid-map-name': on('component-name'),
  'spec-discriminator-defaultMapping': on('discriminator-default discriminator-mapping'),
  'spec-example-values': on('example-one-value'),
  'spec-no-duplicated-method-params': otherFormat,
  'spec-no-invalid-encoding-combinations': on('encoding-one-kind'),
  'spec-no-invalid-tag-parents': on('tag-parent'),
  'spec-no-required-params-after-optional': otherFormat,
  'spec-querystring-parameters': on('querystring-parameter'),
  'spec-ref-siblings': on('ref-siblings ref-alone'),
  'spec-step-mutually-exclusive-fields': arazzo,
  'spec-strict-refs': off('ref-placement'),
  'step-onFailure-unique': arazzo,
  'step-onSuccess-unique': arazzo,
  'stepId-unique': arazzo,
  struct: on(`${structure} openapi-version host-format`),
  'tag-description': on('tag-description'),
  'tags-alphabetical': off('tags-alphabetical'),
  'type-description': otherFormat,
  'workflow-dependsOn': arazzo,
  'workflowId-unique': arazzo,
  'x-security-scheme-name-reference': arazzo,
  'x-security-scheme-required-values': arazzo,
  'no-illogical-composition-keywords': on('combined-schemas'),
};
