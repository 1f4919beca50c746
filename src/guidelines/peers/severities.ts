/** How grave the peers call their own rules, where that is not `warning`; from the same versions as the table of rules. */
import type { Severity } from '../rule';

const spectralErrors: ReadonlySet<string> = new Set(
  'operation-operationId-unique path-params openapi-tags-uniqueness no-$ref-siblings array-items oas2-discriminator oas2-valid-schema-example oas2-valid-media-example oas2-schema oas3-valid-media-example oas3-valid-schema-example oas3-schema oas3-server-variables'.split(
    ' ',
  ),
);

const redoclyErrors: ReadonlySet<string> = new Set(
  'no-empty-servers no-enum-type-mismatch no-example-value-and-externalValue no-identical-paths no-path-trailing-slash no-schema-type-mismatch no-server-trailing-slash no-server-variables-empty-enum no-undefined-server-variable no-unresolved-refs nullable-type-sibling operation-operationId-unique operation-operationId-url-safe operation-parameters-unique operation-summary path-declaration-must-exist path-not-include-query path-parameters-defined security-defined spec-components-invalid-map-name spec-example-values spec-no-invalid-encoding-combinations spec-no-invalid-tag-parents spec-querystring-parameters struct'.split(
    ' ',
  ),
);

export const spectralSeverity = (id: string): Severity => (spectralErrors.has(id) ? 'error' : 'warning');
export const redoclySeverity = (id: string): Severity => (redoclyErrors.has(id) ? 'error' : 'warning');
