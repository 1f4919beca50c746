/** Rules that teams declare in YAML. */
import type { ConfigText } from '../config/text';
import type { Rule } from '../rule';
import type { TreeNode } from '../tree';

/** The rules under `custom:`. Whatever is wrong is told of and left out. */
export function declaredRules(_text: ConfigText, _node: TreeNode | undefined): readonly Rule[] {
  return [];
}
