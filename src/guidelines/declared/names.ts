/** What the `then` of a declared rule can ask of a value. */
export const functionNames = [
  'truthy',
  'falsy',
  'defined',
  'undefined',
  'pattern',
  'casing',
  'enumeration',
  'length',
  'alphabetical',
  'xor',
  'or',
  'typedEnum',
  'unreferencedReusableObject',
  'schema',
] as const;
export type FunctionName = (typeof functionNames)[number];
