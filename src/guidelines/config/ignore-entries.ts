/** `ignores:` of a configuration and of `guidelines-ignore.yaml`: rule, place and reason. */
import type { TreeNode } from '../tree';
import { keysOf } from './help';
import type { Ignore } from './layer';
import { fileMatch, globFault, isGlob } from './match';
import type { ConfigText } from './text';

export interface Ignores {
  /** The folder that paths are seen from. */
  readonly base: string;
  /** What is wrong with the name of a rule; undefined when there is such a rule. */
  faultOf(id: string): string | undefined;
}

/** What a list of ignores says. Whatever is wrong is told of and left out. */
export function readIgnores(
  text: ConfigText,
  node: TreeNode | undefined,
  context: Ignores,
): readonly Ignore[] {
  return text.items(node, 'ignores').flatMap((item) => readIgnore(text, item, context) ?? []);
}

function readIgnore(text: ConfigText, item: TreeNode, { base, faultOf }: Ignores): Ignore | undefined {
  const { actual } = item;
  if (actual.kind !== 'map') {
    text.say(item, 'An ignore is a mapping of `rule`, `path`, `at` and `reason`.');
    return undefined;
  }
  text.checkKeys(item, keysOf('ignore'));
  for (const key of ['rule', 'reason']) if (!actual.has(key)) text.say(item, `An ignore needs a \`${key}\`.`);
  /** The text at a key, if nothing is wrong with it. */
  const get = (key: string, fault: (value: string) => string | undefined): string | undefined => {
    const at = actual.get(key);
    if (at === undefined) return undefined;
    const value = text.text(at, key);
    const why = value === undefined ? undefined : fault(value);
    if (why !== undefined) text.say(at, why);
    return value === undefined || why !== undefined ? wrong : value;
  };
  const rule = get('rule', faultOf);
  const path = get('path', globWords);
  const pointer = get('at', (value) => (value.startsWith('/') ? undefined : noPointer));
  const reason = get('reason', () => undefined);
  if (rule === undefined || reason === undefined || [rule, path, pointer, reason].includes(wrong))
    return undefined;
  return {
    rule,
    files: path === undefined ? () => true : fileMatch(path, base),
    isOneFile: path !== undefined && !isGlob(path),
    pointer,
    reason,
    at: { file: text.file, range: text.placeOf(actual.get('rule') ?? item) },
  };
}

/** Stands for a value that was told of. */
const wrong = '\u0000';
const noPointer = '`at` is a JSON pointer, as in /paths/~1orders/get.';

function globWords(path: string): string | undefined {
  const fault = globFault(path);
  return fault === undefined ? undefined : `This glob is not taken: ${fault}.`;
}
