/** Where we and IBM's validator differ on purpose on real descriptions, and why. */
import type { Difference } from './differences';

const asked = [
  'ibm-define-required-properties',
  'ibm-integer-attributes',
  'ibm-operation-summary',
  'ibm-operationid-casing-convention',
  'ibm-parameter-description',
  'ibm-property-attributes',
  'ibm-property-casing-convention',
  'ibm-property-description',
  'ibm-valid-schema-example',
];

/** The peer goes from operation to operation; where it does not come by, it says nothing. */
const notReached: readonly Difference[] = asked.map((rule) => ({
  peer: 'ibm',
  rule,
  only: 'ours',
  at: / components\/| webhooks\/|\/callbacks\/|\/additionalOperations\//,
  why: 'The peer looks at what operations of `paths` refer to, not at other components, webhooks, callbacks and `additionalOperations`, and no further where schemas refer to each other in a circle.',
}));

const only = (which: Difference['only'], rule: string, why: string, at?: RegExp): Difference => ({
  peer: 'ibm',
  rule,
  only: which,
  why,
  ...(at && { at }),
});

const alternative =
  'A part of a composition may ask for properties that another part, or the whole, defines.';
const described =
  'A property that is a reference says what it is where that leads, and one that has a `title` says it with that; `id` says it by its name. The peer tells it at what the property refers to.';

export const ibmDifferences: readonly Difference[] = [
  ...notReached,
  only(
    'theirs',
    'ibm-define-required-properties',
    alternative,
    /\/(?:allOf|anyOf|oneOf)\/\d+\/required|\/definitions\//,
  ),
  only('theirs', 'ibm-property-attributes', alternative, /\/(?:allOf|anyOf|oneOf)\/\d+\/required/),
  only(
    'ours',
    'ibm-property-attributes',
    'The peer looks at the keywords of numbers and objects, we also at those of strings and lists.',
    /\/(?:minLength|maxLength|pattern|items|minItems|maxItems)$/,
  ),
  only(
    'theirs',
    'ibm-integer-attributes',
    'The peer puts a schema together from its parts first and tells it at each place that refers to it; we tell it once, at the part that is the number. What `enum` lists needs no limits.',
  ),
  only('theirs', 'ibm-property-description', described),
  only(
    'theirs',
    'ibm-property-casing-convention',
    'Names with marks in them (`@type`, `_type`, `a.b`, `x-y`) are not names in a casing that could be another; a digit may stand behind a word without a mark between them.',
  ),
  only(
    'theirs',
    'ibm-no-ambiguous-paths',
    'A path that is written out goes before one with a placeholder at the same place, as OpenAPI has it, and text beside a placeholder (`{name}:cancel`) tells two apart; of two paths that no order decides we tell one.',
  ),
  only(
    'ours',
    'ibm-no-ambiguous-paths',
    'Of two paths that can be meant by one address we tell the second, the peer another.',
  ),
  only(
    'theirs',
    'ibm-no-consecutive-path-parameter-segments',
    'Where text stands beside the placeholder, as in `{name}.{format}`, the item is more than an id.',
    /\{\w+\}\./,
  ),
  only(
    'theirs',
    'ibm-major-version-in-path',
    'The peer wants the version first in each path or last in the server; we are content with it anywhere in both. Without paths there is nothing to call.',
  ),
  only(
    'ours',
    'ibm-major-version-in-path',
    'In `/v2.0` more than the major version is part of the address, so each minor version breaks all links.',
  ),
  only(
    'theirs',
    'ibm-patch-request-content-type',
    'We tell it once, where none of the types says how the change is meant; the peer tells each other type as well, and a PATCH without a body.',
  ),
  only(
    'theirs',
    'ibm-valid-schema-example',
    'The peer takes `uri-reference` at its word, in which braces have to be escaped; for a template in an example we are not so strict.',
    /\/Links\/examples\//,
  ),
  only(
    'ours',
    'ibm-discriminator-property',
    'We ask also that the property by which data is told apart is required.',
    /\/propertyName$/,
  ),
  only(
    'ours',
    'ibm-parameter-schema-or-content',
    'We ask also that `content` has one media type.',
    /\/content$/,
  ),
];
