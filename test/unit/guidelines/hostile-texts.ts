/** Texts that nobody means well with: each has to be read and checked in bounded work, and what is wrong is said. */

export interface HostileText {
  readonly name: string;
  readonly text: string;
  /** What is told, among other things; anything when not given. */
  readonly tells?: RegExp;
}

const head = 'openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\n';
const schemas = (text: string): string => `${head}components:\n  schemas:\n${text}`;
const times = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');

const ref = (n: number): string => `{ $ref: '#/components/schemas/S${n}' }`;

const laughs = `${head}x-a: &a0 [lol, lol]\n${times(
  40,
  (n) => `x-${n}: &a${n + 1} [${Array.from({ length: 9 }, () => `*a${n}`).join(', ')}]\n`,
)}paths:\n  /a: { get: { parameters: *a40, responses: *a40 } }\n`;

const mergedLaughs = `${head}x-a: &m0 { type: object }\n${times(
  40,
  (n) => `x-${n}: &m${n + 1} { <<: [*m${n}, *m${n}, *m${n}] }\n`,
)}components:\n  schemas:\n    A: { <<: *m40, required: [a] }\n`;

const references: readonly HostileText[] = [
  { name: 'an alias bomb', text: laughs },
  { name: 'a bomb of merges', text: mergedLaughs },
  { name: 'an alias of itself', text: schemas('    A: &a { properties: { a: *a } }\n') },
  { name: 'a reference to itself', text: schemas(`    S0: ${ref(0)}\n    S1: ${ref(0)}\n`) },
  { name: 'a circle of references', text: schemas(times(50, (n) => `    S${n}: ${ref((n + 1) % 50)}\n`)) },
  {
    name: 'a chain of 20,000 references',
    text: schemas(times(20_000, (n) => `    S${n}: ${ref(n + 1)}\n`)),
    tells: /This reference leads nowhere/,
  },
  {
    name: 'schemas that double at each of 60 steps, with an example',
    text: schemas(
      `${times(60, (n) => `    S${n}: { allOf: [${ref(n + 1)}, ${ref(n + 1)}], anyOf: [${ref(n + 1)}, ${ref(n + 1)}] }\n`)}    S60: { type: object }\n    X: { $ref: '#/components/schemas/S0', example: { a: { b: c } } }\n`,
    ),
  },
  {
    name: 'a schema in itself, with a deep example',
    text: schemas(
      `    S0: { properties: { a: ${ref(0)} }, oneOf: [${ref(0)}, ${ref(0)}], example: ${'{ a: '.repeat(100)}1${' }'.repeat(100)} }\n`,
    ),
  },
];

const long = 2_000_000;
const sizes: readonly HostileText[] = [
  { name: 'a very long text', text: `${head}x-a: ${'a '.repeat(long / 2)}\n` },
  { name: 'a very long text in quotes', text: `${head}x-a: "${String.raw`\n`.repeat(long / 2)}"\n` },
  { name: 'a very long key', text: `${head}${'a'.repeat(long)}: 1\n`, tells: /key/ },
  { name: 'a very long line of entries', text: `${head}x-a: { ${times(50_000, (n) => `a${n}: 1, `)}}\n` },
  { name: 'very many entries', text: schemas(times(50_000, (n) => `    A${n}: {}\n`)) },
  { name: 'very many empty lines', text: `${head}${'\n'.repeat(long)}paths: {}\n` },
  { name: 'very many comments', text: `${head}${'# a\n'.repeat(long / 10)}paths: {}\n` },
  {
    name: '100,000 brackets',
    text: `${head}x-a: ${'['.repeat(100_000)}`,
    tells: /nested deeper|flow|not closed|\]/,
  },
  {
    name: '100,000 closed brackets in JSON',
    text: `{"openapi":"3.1.0","x-a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    tells: /nested deeper|deep/,
  },
  {
    name: '2,000 levels of maps',
    text: `${head}x-a:\n${times(2000, (n) => `${' '.repeat(n + 1)}a:\n`)}`,
    tells: /nested deeper/,
  },
  { name: '100,000 dashes', text: `${head}x-a:\n  ${'- '.repeat(100_000)}a\n`, tells: /nested deeper/ },
  { name: 'very many segments', text: `${head}paths:\n  ${'/{a}'.repeat(20_000)}: { get: {} }\n` },
];

const surrogate = '\uD800';
const characters: readonly HostileText[] = [
  {
    name: 'lone surrogates',
    text: schemas(`    A${surrogate}: { description: "${surrogate}a", example: "\\ud800" }\n`),
  },
  { name: 'a byte order mark', text: `\uFEFF${head}paths: {}\n` },
  { name: 'Windows line ends', text: `${head}paths: {}\n`.replaceAll('\n', '\r\n') },
  { name: 'old Mac line ends', text: `${head}paths: {}\n`.replaceAll('\n', '\r') },
  { name: 'all line ends at once', text: `${head}paths:\r\n  /a:\r    get: {}\n\r\r\n` },
  { name: 'tabs', text: `${head}paths:\n\t/a:\n\t\tget: {}\n`, tells: /tab/i },
  { name: 'zeros', text: `${head}x-a: "\u0000"\nx-b\u0000: \u0000\n` },
  { name: 'line separators', text: `${head}x-a: a\u2028b\u0085c\nx-b: "\u2029"\n` },
];

const odd = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];
const oddText = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, ${odd.map((name) => `${name}: a`).join(', ')} }
${odd.map((name) => `${name}: { a: 1 }`).join('\n')}
tags: [${odd.map((name) => `{ name: ${name} }`).join(', ')}]
paths:
${odd
  .map(
    (name) => `  /${name}/{${name}}:
    ${name}: {}
    get:
      operationId: ${name}
      tags: [${name}]
      ${name}: [a]
      parameters: [{ name: ${name}, in: ${name}, schema: { type: ${name}, format: ${name}, ${name}: 1 } }]
      security: [{ ${name}: [] }]
      responses:
        ${name}: { description: a, headers: { ${name}: {} }, content: { ${name}: { schema: { $ref: '#/${name}' } } } }`,
  )
  .join('\n')}
components:
  ${odd.map((name) => `${name}: { A: {} }`).join('\n  ')}
  schemas:
${odd
  .map(
    (name) =>
      `    ${name}: { type: object, required: [${name}], properties: { ${name}: { type: ${name} } }, discriminator: { propertyName: ${name}, mapping: { ${name}: ${name} } }, example: { ${name}: 1 } }`,
  )
  .join('\n')}
`;
const names: readonly HostileText[] = [
  { name: 'names that every object has', text: oddText },
  {
    name: 'the same key over and over',
    text: schemas(times(5000, () => '    A: { type: string, type: string }\n')),
    tells: /stands in this object already/,
  },
];

/** What makes a pattern try one text in many ways, in every place that holds a text or a name. */
const fillers = [
  'a',
  ' ',
  '<a',
  '{}',
  '/a',
  '_a',
  'aA',
  '\\',
  '](',
  '://',
  '0.',
  '"',
  '* ',
  'on ',
  '<a on',
  'a@',
  '}',
  '\t',
];

function everywhere(filler: string): string {
  const much = filler.repeat(Math.ceil(20_000 / filler.length));
  const schema = { type: 'string', pattern: much, format: much, enum: [much], example: much, default: much };
  const media = { schema: { $ref: `#/${much}` }, example: much };
  const operation = {
    operationId: much,
    summary: much,
    description: `javascript: onx= <script ${much}`,
    tags: [much],
    parameters: ['query', 'header', 'path'].map((place) => ({
      name: much,
      in: place,
      schema,
      example: much,
    })),
    responses: {
      200: { description: much, headers: { [much]: { schema } }, content: { [`a/${much}`]: media } },
    },
    security: [{ [much]: [much] }],
  };
  const flows = { implicit: { authorizationUrl: much, scopes: { [much]: much } } };
  const formats = ['date-time', 'uri', 'email', 'uuid', 'ipv6'].map((format) => [
    format,
    { ...schema, format },
  ]);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: much, version: much, description: much, contact: { email: much, url: much } },
    servers: [{ url: `https://${much}`, variables: { [much]: { default: much } } }],
    tags: [{ name: much, description: much }],
    paths: { [`/${much}`]: { get: operation }, [`/a/${much}`]: { post: operation } },
    components: {
      schemas: { [much]: { type: 'object', properties: { [much]: schema, ...Object.fromEntries(formats) } } },
      securitySchemes: { [much]: { type: 'oauth2', flows } },
    },
  });
}

const repeated: readonly HostileText[] = fillers.map((filler) => ({
  name: `${JSON.stringify(filler)} over and over, everywhere`,
  text: everywhere(filler),
}));

export const hostileTexts: readonly HostileText[] = [
  ...references,
  ...sizes,
  ...characters,
  ...names,
  ...repeated,
];
