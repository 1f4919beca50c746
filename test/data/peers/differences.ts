/** Where we and a peer differ on purpose on real descriptions, and why. `only` says who reports it. */
export interface Difference {
  readonly peer: 'spectral' | 'redocly' | 'ibm';
  readonly rule: string;
  readonly only: 'theirs' | 'ours';
  /** Which findings, by file and path; all of the rule when not given. */
  readonly at?: RegExp;
  readonly why: string;
}

const missing =
  'We tell a missing field once, at the object that lacks it; the peer tells it of the object around that, too.';

export const differences: readonly Difference[] = [
  {
    peer: 'redocly',
    rule: 'no-ambiguous-paths',
    only: 'ours',
    why: 'Paths with different numbers of placeholders can be meant by one address as well; the peer compares only those with the same number.',
  },
  {
    peer: 'redocly',
    rule: 'path-segment-plural',
    only: 'theirs',
    at: /\/$/,
    why: 'What is behind a slash at the end is no word; `no-path-trailing-slash` tells of the slash.',
  },
  {
    peer: 'redocly',
    rule: 'response-contains-header',
    only: 'ours',
    why: 'The peer asks for nothing until a team lists headers; by itself ours asks a 429 when to call again.',
  },
  {
    peer: 'redocly',
    rule: 'response-contains-property',
    only: 'ours',
    why: 'The peer asks for nothing until a team lists properties; by itself ours asks errors for a title.',
  },
  {
    peer: 'redocly',
    rule: 'no-illogical-composition-keywords',
    only: 'theirs',
    why: 'The peer also tells alternatives of which it can’t show that they exclude one another, and each one written inline beside a discriminator.',
  },
  {
    peer: 'redocly',
    rule: 'no-invalid-media-type-examples',
    only: 'theirs',
    at: /nullable|Certificate|schema$/,
    why: 'The peer’s validator refuses the schema itself (`nullable` without `type`), which is a finding of `nullable-type` with us.',
  },
  {
    peer: 'redocly',
    rule: 'no-invalid-media-type-examples',
    only: 'ours',
    at: /twilio/,
    why: 'Where the peer’s validator refuses the schema, it looks at none of the examples.',
  },
  {
    peer: 'redocly',
    rule: 'no-invalid-media-type-examples',
    only: 'theirs',
    at: /twilio.*\/examples\/\w+\/value\/\w+$/,
    why: 'The peer refuses properties that a schema does not name, unless told otherwise; JSON Schema allows them where `additionalProperties` says nothing.',
  },
  {
    peer: 'redocly',
    rule: 'no-unused-components',
    only: 'ours',
    at: /definitions\//,
    why: 'The peer does not look at Swagger 2.0 here.',
  },
  {
    peer: 'redocly',
    rule: 'operation-2xx-response',
    only: 'theirs',
    why: 'A redirect is a success of its own: with a 3xx response we are satisfied, as Spectral is.',
  },
  {
    peer: 'redocly',
    rule: 'operation-2xx-response',
    only: 'ours',
    at: /tags-3\.2/,
    why: 'Since 3.1 an operation may have no `responses` at all; then the peer says nothing.',
  },
  {
    peer: 'spectral',
    rule: 'operation-success-response',
    only: 'ours',
    at: /tags-3\.2/,
    why: 'Since 3.1 an operation may have no `responses` at all; then the peer says nothing.',
  },
  {
    peer: 'redocly',
    rule: 'operation-4xx-problem-details-rfc7807',
    only: 'theirs',
    why: 'We speak of the JSON that an error has; a response without content, or with another format, is let alone.',
  },
  {
    peer: 'redocly',
    rule: 'operation-4xx-problem-details-rfc7807',
    only: 'ours',
    why: '5xx and default responses are errors as well.',
  },
  {
    peer: 'redocly',
    rule: 'operation-4xx-response',
    only: 'theirs',
    why: 'With a `default` response, or without anything that a caller could do wrong, we are satisfied.',
  },
  {
    peer: 'redocly',
    rule: 'operation-summary',
    only: 'theirs',
    at: /callbacks/,
    why: 'A callback is described by the operation that it belongs to.',
  },
  {
    peer: 'redocly',
    rule: 'security-defined',
    only: 'theirs',
    at: /callbacks/,
    why: 'A callback is answered by the client’s server, whose security this API can’t decide.',
  },
  {
    peer: 'redocly',
    rule: 'operation-tag-defined',
    only: 'theirs',
    why: 'Where no tag is declared at all, that is one finding (`tags-declared`) and not one for each operation.',
  },
  {
    peer: 'spectral',
    rule: 'operation-tag-defined',
    only: 'theirs',
    why: 'Where no tag is declared at all, that is one finding (`tags-declared`) and not one for each operation.',
  },
  {
    peer: 'redocly',
    rule: 'paths-kebab-case',
    only: 'theirs',
    why: 'Placeholders, fragments and file extensions are no words of the path; the peer compares the whole text.',
  },
  {
    peer: 'redocly',
    rule: 'required-string-property-missing-min-length',
    only: 'theirs',
    why: 'A text with `enum`, `const`, `format` or `pattern` says already that it is not empty.',
  },
  {
    peer: 'redocly',
    rule: 'required-string-property-missing-min-length',
    only: 'ours',
    why: 'The peer forgets the list of required names when it comes back from a schema inside.',
  },
  {
    peer: 'redocly',
    rule: 'scalar-property-missing-example',
    only: 'theirs',
    why: '`enum`, `const` and `default` show a value already; a property that is a reference is told where it is written.',
  },
  {
    peer: 'redocly',
    rule: 'request-mime-type',
    only: 'ours',
    why: 'The peer has no list until a team gives one.',
  },
  {
    peer: 'redocly',
    rule: 'response-mime-type',
    only: 'ours',
    why: 'The peer has no list until a team gives one.',
  },
  {
    peer: 'redocly',
    rule: 'tags-alphabetical',
    only: 'theirs',
    why: 'The peer compares letters by their codes, so that capitals come first; we compare as a dictionary does.',
  },
  {
    peer: 'redocly',
    rule: 'tags-alphabetical',
    only: 'ours',
    why: 'The peer compares letters by their codes, so that capitals come first; we compare as a dictionary does.',
  },
  {
    peer: 'redocly',
    rule: 'struct',
    only: 'ours',
    at: /\/enum$/,
    why: 'An `enum` without values is not allowed by JSON Schema before 2020-12 and allows nothing since.',
  },
  {
    peer: 'spectral',
    rule: 'oas3-schema',
    only: 'ours',
    at: /\/enum$|nullable$/,
    why: 'The peer’s schema of OpenAPI 3.1 does not look into schemas.',
  },
  { peer: 'spectral', rule: 'license-url', only: 'theirs', why: missing },
  {
    peer: 'spectral',
    rule: 'oas3-unused-component',
    only: 'ours',
    at: /securitySchemes/,
    why: 'The peer does not count security schemes as components.',
  },
  {
    peer: 'spectral',
    rule: 'oas3-valid-media-example',
    only: 'theirs',
    at: /Certificate|Usa2p|Tollfree|Recordings|AssignedAddOns/,
    why: 'The peer’s validator refuses the schema itself (`nullable` without `type`), which is a finding of `nullable-type` with us.',
  },
  {
    peer: 'spectral',
    rule: 'oas3-valid-media-example',
    only: 'ours',
    at: /DateFormats|Format2/,
    why: 'The peer takes a time without a zone for a `date-time`; RFC 3339 does not.',
  },
  {
    peer: 'spectral',
    rule: 'oas3-valid-schema-example',
    only: 'theirs',
    at: /\/default$/,
    why: 'A default of `null` is how many say that there is none.',
  },
  {
    peer: 'spectral',
    rule: 'oas2-valid-schema-example',
    only: 'theirs',
    at: /\/default$/,
    why: 'A default of `null` is how many say that there is none.',
  },
  {
    peer: 'spectral',
    rule: 'operation-description',
    only: 'ours',
    at: /callbacks|webhooks/,
    why: 'The peer looks only at operations right under `paths`.',
  },
  {
    peer: 'spectral',
    rule: 'operation-operationId',
    only: 'ours',
    at: /webhooks/,
    why: 'The peer looks only at operations right under `paths`.',
  },
  {
    peer: 'spectral',
    rule: 'operation-tags',
    only: 'ours',
    at: /callbacks|webhooks/,
    why: 'The peer looks only at operations right under `paths`.',
  },
];
