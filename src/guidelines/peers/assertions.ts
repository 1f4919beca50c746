/** Redocly's configurable rules: what is looked at (`subject`, `where`) and what must hold there (`assertions`). */
import { messageOf } from '../../base/errors';
import { levelOf } from '../config/rule-entries';
import type { ConfigText } from '../config/text';
import { plain } from '../config/text';
import type { Pattern } from '../declared/pattern';
import { compilePattern } from '../declared/pattern';
import type { Rule } from '../rule';
import { severities } from '../rule';
import type { TreeNode } from '../tree';
import type { Assertion, AskedOf } from './assertion-checks';
import { assertionOf } from './assertion-checks';
import { madeRule } from './assertion-rule';
import { anyType, subjectTypes } from './redocly-types';

/** An assertion under its name. */
export interface Named {
  readonly name: string;
  readonly check: Assertion;
}

/** What is looked at and what must hold there. */
export interface Asking {
  readonly type: string;
  /** Empty for the keys of the object itself. */
  readonly properties: readonly string[];
  /** Whether an object that stands under a key is meant. */
  isMeant(key: string): boolean;
  readonly assertions: readonly Named[];
}

/** A rule; undefined when something of it is not understood, which is told of. */
export function assertionRule(text: ConfigText, entry: TreeNode): Rule | undefined {
  const { actual } = entry;
  const asking = askingOf(text, entry);
  const where = actual.has('where') ? text.items(actual.get('where'), 'where') : [];
  const around = where.map((one) => askingOf(text, one));
  const isAny = asking?.type === anyType || around.some((one) => one?.type === anyType);
  if (where.length > 0 && isAny)
    return refuse(text, actual.get('where') ?? entry, "`where` can't be used with the type `any`");
  if (asking === undefined || around.includes(undefined)) return undefined;
  const message = actual.stringAt('message');
  const level = levelOf(actual.get('severity'));
  return madeRule({
    id: entry.key ?? '',
    asking,
    where: around.filter((one) => one !== undefined),
    message,
    suggestions: actual.childrenOf('suggest').flatMap((one) => one.actual.string ?? []),
    reference: actual.stringAt('reference'),
    severity: severities.find((one) => one === level) ?? 'error',
  });
}

function askingOf(text: ConfigText, node: TreeNode): Asking | undefined {
  const subject = node.actual.get('subject');
  const type = subject?.actual.stringAt('type') ?? subject?.actual.string ?? '';
  if (!subjectTypes.has(type))
    return refuse(text, subject ?? node, `The subject \`${type}\` is not understood`);
  const properties = propertiesOf(text, subject?.actual.get('property'));
  const isMeant = parentFilter(text, subject?.actual);
  const of = properties.length > 0 ? 'values' : 'keys';
  const assertions = assertionsOf(text, node.actual.get('assertions'), of);
  if (isMeant === undefined || assertions === undefined) return undefined;
  return { type, properties, isMeant, assertions };
}

function propertiesOf(text: ConfigText, property: TreeNode | undefined): readonly string[] {
  // `null` asks for keys, as nothing does.
  if (property === undefined || ['null', '~', ''].includes(property.actual.source)) return [];
  return text.items(property, 'property').flatMap((one) => one.actual.string ?? []);
}

function refuse(text: ConfigText, node: TreeNode, what: string): undefined {
  text.say(node, `${what}, so this rule is not checked.`, 'info');
  return undefined;
}

function assertionsOf(
  text: ConfigText,
  node: TreeNode | undefined,
  of: AskedOf,
): readonly Named[] | undefined {
  const all = node === undefined ? [] : text.entries(node, 'assertions');
  let isSound = true;
  const found = all.flatMap((one): readonly Named[] => {
    const name = one.key ?? '';
    try {
      const made = assertionOf(name, plain(one));
      if (made === undefined) {
        // What Redocly does not know it leaves out; functions of plugins are the other case.
        text.sayOfKey(one, `The assertion \`${name}\` is not run here.`, 'info');
        return [];
      }
      if (made.of === 'both' || made.of === of) return [{ name, check: made.check }];
      isSound = false;
      const hint =
        of === 'keys' ? 'asks for values: name a `property`' : 'asks for keys: it can have no `property`';
      refuse(text, one, `\`${name}\` ${hint}`);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      isSound = false;
      refuse(text, one, `\`${name}\` is not taken (${messageOf(error)})`);
    }
    return [];
  });
  return isSound ? found : undefined;
}

/** `filterInParentKeys`, `filterOutParentKeys` and `matchParentKeys`: the key under which an object stands. */
function parentFilter(text: ConfigText, subject: TreeNode | undefined): Asking['isMeant'] | undefined {
  const listed = (key: string): readonly string[] | undefined => {
    const node = subject?.get(key)?.actual;
    return node?.kind === 'list' ? node.children.map((one) => String(one.actual.value)) : undefined;
  };
  const [only, but] = [listed('filterInParentKeys'), listed('filterOutParentKeys')];
  const written = subject?.get('matchParentKeys');
  let pattern: Pattern | undefined;
  try {
    pattern = written === undefined ? undefined : compilePattern(String(written.actual.value));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(
      text,
      written ?? subject ?? text.root,
      `\`matchParentKeys\` is not taken (${messageOf(error)})`,
    );
  }
  return (key) =>
    only?.includes(key) !== false && but?.includes(key) !== true && pattern?.test(key) !== false;
}
