/** `.servicewright/guidelines.yaml`, and files of its kind that others extend. */
import { declaredRules } from '../declared';
import type { Rule } from '../rule';
import type { TreeNode } from '../tree';
import { keysOf } from './help';
import { readIgnores } from './ignore-entries';
import { ownRules, unknownRule } from './known';
import type { Layer, Statement } from './layer';
import { joined, noLayer } from './layer';
import { fileMatch, globFault } from './match';
import { readRules } from './rule-entries';
import type { ConfigText } from './text';
import { readWeb } from './web-entries';

/** Something that a file builds on: its name, and where that is written. */
export interface Extended {
  readonly name: string;
  readonly node: TreeNode;
}

/** What a file extends; undefined when it does not say. */
export function extendedBy(text: ConfigText): readonly Extended[] | undefined {
  const node = text.root.actual.get('extends');
  if (node === undefined) return undefined;
  return text.items(node, 'extends').flatMap((item) => {
    const name = text.text(item, 'extends');
    return name === undefined ? [] : [{ name, node: item }];
  });
}

/** What a file says on top of what it extends. */
export function readOwnFile(text: ConfigText, below: Layer, base: string): Layer {
  const { root } = text;
  if (root.actual.kind !== 'map') {
    if (text.isSound) text.say(root, 'A configuration is a mapping, as in `rules:` and below it rule ids.');
    return joined([below, { ...noLayer, problems: text.problems }]);
  }
  text.checkKeys(root, keysOf('root'));
  const declared = declaredRules(text, root.get('custom'));
  const custom = new Map<string, Rule>([...below.custom, ...declared].map((rule) => [rule.id, rule]));
  const statements: readonly Statement[] = [
    ...declared.map((rule): Statement => ({ rule: rule.id, level: 'on', options: undefined, at: undefined })),
    ...readRules(text, root.get('rules'), { custom }),
    ...readOverrides(text, custom, base),
  ];
  const faultOf = (id: string): string | undefined =>
    custom.has(id) || ownRules.has(id) ? undefined : unknownRule(id, custom.keys());
  const ignores = readIgnores(text, root.get('ignores'), { base, faultOf });
  const web = readWeb(text, root.get('refs'));
  return joined([below, { ...noLayer, statements, custom: declared, ignores, problems: text.problems, web }]);
}

function readOverrides(
  text: ConfigText,
  custom: ReadonlyMap<string, Rule>,
  base: string,
): readonly Statement[] {
  return text.items(text.root.get('overrides'), 'overrides').flatMap((item) => {
    text.checkKeys(item, keysOf('override'));
    const globs = text.items(item.actual.get('files'), 'files').flatMap((one) => {
      const glob = text.text(one, 'files');
      const fault = glob === undefined ? undefined : globFault(glob);
      if (fault !== undefined) text.say(one, `This glob is not taken: ${fault}.`);
      return glob === undefined || fault !== undefined ? [] : [fileMatch(glob, base)];
    });
    if (item.actual.get('files') === undefined)
      text.say(item, 'An override needs `files`, the globs it is for.');
    const files = (path: string): boolean => globs.some((matches) => matches(path));
    return readRules(text, item.actual.get('rules'), { custom, files });
  });
}

/** `guidelines-ignore.yaml`: ignores alone. */
export function readIgnoreFile(text: ConfigText, custom: readonly Rule[], base: string): Layer {
  text.checkKeys(text.root, ['ignores']);
  const ids = custom.map((rule) => rule.id);
  const faultOf = (id: string): string | undefined =>
    ids.includes(id) || ownRules.has(id) ? undefined : unknownRule(id, ids);
  const ignores = readIgnores(text, text.root.actual.get('ignores'), { base, faultOf });
  return { ...noLayer, ignores, problems: text.problems };
}
