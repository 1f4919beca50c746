import type { Answers } from '../answer';
import { checkInput, defaultAnswer, isFilled } from '../answers';
import type { Render } from '../render';
import type { SecretInput, StringInput, TemplateManifest } from '../template';

/** Texts that templates often ask for. */
const usual = [
  'orders',
  'order-items',
  'order_items',
  'OrderItems',
  'team-orders',
  'Orders of the shop.',
  'example.com',
  'https://example.com',
  'https://example.com/orders.git',
  'orders@example.com',
  '1',
  '8000',
  '1.0.0',
  'eu-west-1',
  'example/orders',
  'ORDERS',
  'A',
  '0123456789abcdef0123456789abcdef',
];

/** Texts that are easily something else where they are put: YAML's and Python's own words and signs, quotes, braces. */
const awkward: readonly (readonly string[])[] = [
  [
    'It\'s: #1, {{name}} & 100 % - {fine} [ünï] *a ! @b `c` $d "q" \\e',
    "It's: #1, {{name}} & 100 % - {fine} [ünï] *a ! @b `c` $d",
  ],
  ['- 1: true', '1e3', '0x10', 'a-1'],
  ['true', 'null', 'no', '007'],
  ["'''", '"""', '# x', 'a: b', "o'neil", 'a b'],
];

type TextInput = StringInput | SecretInput;

/** What can be answered to a question for text, as far as it can be guessed; undefined when nothing fits. */
export function sampleText(
  template: TemplateManifest,
  input: TextInput,
  before: Answers,
  render: Render,
): string | undefined {
  const start = defaultAnswer(input, before, render);
  const fits = fitting(template, input, before, render);
  if (typeof start === 'string' && isFilled(start) && fits(start)) return start;
  const long = 'a'.repeat(Math.min(input.maxLength, 40));
  return [input.placeholder ?? '', ...usual, long].find(fits);
}

/** As many kinds of awkward answers as there are; each gives undefined for an input that takes none of its kind. */
export const awkwardTexts = awkward.map(
  (texts) =>
    (template: TemplateManifest, input: TextInput, before: Answers, render: Render): string | undefined =>
      texts.find(fitting(template, input, before, render)),
);

function fitting(
  template: TemplateManifest,
  input: TextInput,
  before: Answers,
  render: Render,
): (text: string) => boolean {
  return (text) => text !== '' && checkInput(template, input, text, { before, render }) === undefined;
}
