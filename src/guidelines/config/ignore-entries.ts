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
  if (item.actual.kind !== 'map') {
    text.say(item, 'An ignore is a mapping of `rule`, `path`, `at` and `reason`.');
    return undefined;
  }
  text.checkKeys(item, keysOf('ignore'));
  const get = (key: string): string | undefined => text.text(item.actual.get(key), key);
  const [rule, path, pointer, reason] = [get('rule'), get('path'), get('at'), get('reason')];
  const missing = item.actual.has('rule') ? (item.actual.has('reason') ? undefined : 'reason') : 'rule';
  if (missing !== undefined) text.say(item, `An ignore needs a \`${missing}\`.`);
  const fault = rule === undefined ? undefined : faultOf(rule);
  if (fault !== undefined) text.say(item.actual.get('rule') ?? item, fault);
  const odd = path === undefined ? undefined : globFault(path);
  if (odd !== undefined) text.say(item.actual.get('path') ?? item, `This glob is not taken: ${odd}.`);
  const isPointer = pointer === undefined || pointer.startsWith('/');
  if (!isPointer)
    text.say(item.actual.get('at') ?? item, '`at` is a JSON pointer, as in /paths/~1orders/get.');
  if (rule === undefined || reason === undefined || fault !== undefined || odd !== undefined || !isPointer)
    return undefined;
  return {
    rule,
    files: path === undefined ? () => true : fileMatch(path, base),
    isOneFile: path !== undefined && !isGlob(path),
    pointer,
    reason,
    at: { file: text.file, range: text.placeOf(item.actual.get('rule') ?? item) },
  };
}
