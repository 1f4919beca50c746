/** How grave the peers call their own rules, where that is not `warning`; from the same versions as the table of rules. */
import type { Severity } from '../rule';

const spectralErrors: ReadonlySet<string> = new Set(
  'operation-operationId-unique path-params openapi-tags-uniqueness no-$ref-siblings array-items oas2-discriminator oas2-valid-schema-example oas2-valid-media-example oas2-schema oas3-valid-media-example oas3-valid-schema-example oas3-schema oas3-server-variables'.split(
    ' ',
  ),
);

export const spectralSeverity = (id: string): Severity => (spectralErrors.has(id) ? 'error' : 'warning');
