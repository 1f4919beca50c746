/** YAML with a few random slips in it, each read by our reader and by the `yaml` package. */
import { createRandom } from '../../helpers/random';
import { disagreement } from './yaml-oracle';

/** One of each thing that people write, and some that nobody should. */
export const samples: readonly string[] = [
  'openapi: 3.1.0\ninfo:\n  title: "a: b"\n  description: |\n    two\n     lines\n\n    end\n  x: >-\n    folded\n    text\n\n    more\n      deep\n    last\n',
  'paths:\n  /a/{b}: # c\n    get:\n      tags: [a, "b", \'c\', {d: 1, "e":2}]\n      parameters:\n      - name: x\n        in: query\n      - {name: y, in: path}\n',
  "plain: multi\n  line\n\n  text\n'q k' : \"dq\n  cont \\\n  x\\u00e9\"\ne:\nf: ~\ng: -1.5e3\nh: it's\ni: 'it''s\n\n  so'\n",
  '- a\n- - b\n  - c: d\n    e: f\n- \n  - x\n-\n  y: z\n- |+\n  keep\n\n- >2-\n   in\n- "q"\n- {a: [1,2,],}\n',
  'a: &x 1\nb: *x\nc: &m\n  k: v\nd:\n  <<: *m\n  l: [*x, *m]\n',
  '? long key\n: - a\n  - b\n? k2\n: x: 1\n  y: 2\nz: |2\n   a\n  b\n',
  '{"a": [1, 2.5, -3e4, true, null, "s\\n\\u00e9"],\n "b": {"c": {}},\n "d": []}\n',
  'k: |\n\n\n  x\n \n\n  y\nl: >+\n\n  a\n\n  b\n   c\n\n\n  d\n\n\nm: 08\nn: 0o17\no: 0x1F\np: .inf\nq: .5\nr: 1.\ns: +1\n',
  'a: !!str 1\nb: ! x\n? [c, d]\n: e\n? - f\n: g\n"": h\n',
  '%YAML 1.2\n---\na: 1\n...\n---\nb: 2\n',
  '\uFEFF# first\n\n---  # start\na: 1 # one\n\n# two\nb:\n    # three\n    c: 2\n  # four\nd: [1, # five\n  2]\n',
  'a:\r\n  - b\r\n  - c: |\r\n      d\r\n       e\r\n    f: g\r\nh: i\r\n',
  'components:\n  schemas:\n    A:\n      type: object\n    B: { type: string }\n  responses:\n    R: { description: x }\ntags:\n- name: a\n- name: b\n',
  '\'a\': \'b\'\n"c": "d"\ne f: g h\n-i: -j\n?k: ?l\n:m: :n\nhttp://x: http://y:80/z#a\n#no: 1\no: a#b # c\np: a:b\n',
  '__proto__: { constructor: 1 }\ntoString: 2\n1: 3\ntrue: 4\nnull: 5\n1.0: 6\n',
  'a:\n- b\n-  c\n-\td\ne: f\n',
  'components:\n  schemas:\n    &a A: { type: object }\n    !x B: 1\n  &r responses:\n    R: *a\ntags: []\n',
  'k: >2-\n   \nl: |1+\n   \n\nm: |\n  x\n   \n  y\n',
  'deep:\n  deeper:\n    deepest:\n      - - - x\n        - y\n      - z: {a: {b: [c, [d]]}}\n',
];

const slips = [
  '  ',
  '\n',
  ':',
  ': ',
  '- ',
  '-',
  '#',
  ' #',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '|',
  '>',
  '? ',
  '!',
  '%',
  '@',

  '\\',
  'x',
  '0',
  '~',
  '.',
  '1',
  'e',
  '😀',
  'é',
  '\t',
  '\r\n',
  '\n\n',
  '\n  ',
  '  \n',
  '---\n',
  '...\n',
  '&a ',
  '*a',

  '<<: ',
  '|-\n',
  '>+\n',
  'null',
  'paths:\n  /a: 1\n',
  'components:\n  schemas:\n    A: 1\n',
];

/** The text with one slip more. */
export function mutated(text: string, int: (below: number) => number): string {
  const at = int(text.length + 1);
  const kind = int(4);
  if (kind < 2) return text.slice(0, at) + (slips[int(slips.length)] ?? '') + text.slice(at + int(2));
  if (kind === 2) return text.slice(0, at) + text.slice(at + 1 + int(4));
  const from = int(text.length + 1);
  return text.slice(0, at) + text.slice(from, from + int(20)) + text.slice(at);
}

export interface Mutations {
  readonly seed: number;
  readonly count: number;
  readonly texts: readonly string[];
}

/** The texts on which the two readers do not agree. */
export function disagreements({ seed, count, texts }: Mutations): readonly string[] {
  const { int } = createRandom(seed);
  const found: string[] = [];
  for (let round = 0; round < count; round += 1) {
    let text = texts[int(texts.length)] ?? '';
    for (let slip = 1 + int(3); slip > 0; slip -= 1) text = mutated(text, int);
    if (disagreement(text) !== undefined && !isKnown(text)) found.push(text);
  }
  return found;
}

/** Where the two are known to differ, and why that does no harm to a description. */
const exceptions: readonly (readonly [why: string, text: RegExp])[] = [
  ['a tab among what separates or indents: one refuses what the other passes over', /(?:^|[\s:?-])\t/m],
  [
    'an empty key: in the pieces of a document it belongs to the entry above',
    /^[ ]*(?:- )*(?:[&!]\S* +)*:(?:[ \r\n]|$)/m,
  ],
  ['a byte order mark before the first of several documents', /^\uFEFF(?!#)[^]*\n(?:---|\.\.\.)/],
  [
    'a text whose line ends with two quotes, and the next is not indented: the package takes it for closed',
    /(?<=[:-] )'(?:[^'\n]|'')*''\r?$/m,
  ],
  ['an anchor or tag on the line of `---`, or with a colon in its name', /^---.*[&!]|[&*][^\s]*:/m],
];

export function isKnown(text: string): boolean {
  return exceptions.some(([, pattern]) => pattern.test(text));
}
