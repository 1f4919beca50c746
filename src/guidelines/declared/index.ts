/** Rules that teams declare in YAML: where to look (`given`), and what must hold there (`then`). */
import { nearest } from '../../base/text';
import { keysOf } from '../config/help';
import { ownRules } from '../config/known';
import type { ConfigText } from '../config/text';
import type { Rule } from '../rule';
import type { TreeNode } from '../tree';
import { functionNames } from './names';
import type { Reading } from './read';
import { readDeclared } from './read';

const idPattern = /^[a-z][a-z0-9-]*$/;

/** The rules under `custom:`. Whatever is wrong is told of and left out. */
export function declaredRules(text: ConfigText, node: TreeNode | undefined): readonly Rule[] {
  if (node === undefined) return [];
  const reading: Reading = {
    guideline: 'Rules of the team',
    aliases: new Map(),
    unknownFunction: (at, name) => {
      const near = nearest(name, functionNames, 2);
      const meant =
        near === undefined ? `known are ${functionNames.join(', ')}` : `perhaps \`${near}\` is meant`;
      text.say(at, `There is no function \`${name}\`; ${meant}.`);
    },
  };
  return text.entries(node, 'custom').flatMap((entry) => {
    const id = entry.key ?? '';
    text.checkKeys(entry, keysOf('custom'));
    if (ownRules.has(id)) text.sayOfKey(entry, `\`${id}\` is a rule already; give yours another name.`);
    else if (!idPattern.test(id))
      text.sayOfKey(entry, 'The name of a rule is lower-case words joined by hyphens.');
    else {
      for (const key of ['given', 'then'])
        if (!entry.actual.has(key)) text.sayOfKey(entry, `A rule needs a \`${key}\`.`);
      return readDeclared(text, entry, reading) ?? [];
    }
    return [];
  });
}
