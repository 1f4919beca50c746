/** Redocly's configurable rules: what is looked at (`subject`) and what must hold there (`assertions`). */
import { messageOf } from '../../base/errors';
import { isString } from '../../base/json';
import { levelOf } from '../config/rule-entries';
import type { ConfigText } from '../config/text';
import { plain } from '../config/text';
import type { Problem, Rule } from '../rule';
import { defineRule, severities } from '../rule';
import type { NodeType } from '../shapes';
import { nodeTypes } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import type { Assertion, Looked } from './assertion-checks';
import { assertionOf } from './assertion-checks';

interface Named {
  readonly name: string;
  readonly check: Assertion;
}

interface Parts {
  readonly id: string;
  readonly nodeType: string;
  /** Empty for the keys of the node itself. */
  readonly properties: readonly string[];
  readonly assertions: readonly Named[];
  readonly message: string | undefined;
}

/** A rule; undefined when something of it is not understood, which is told of. */
export function assertionRule(text: ConfigText, entry: TreeNode): Rule | undefined {
  const { actual } = entry;
  const subject = actual.get('subject');
  const typeName = typeNameOf(subject);
  const type = nodeTypeOf(typeName);
  if (type === undefined)
    return refuse(text, subject ?? entry, `The subject \`${typeName}\` is not understood`);
  if (actual.has('where')) return refuse(text, actual.get('where') ?? entry, '`where` is not understood');
  const assertions = assertionsOf(text, actual.get('assertions'));
  if (assertions === undefined) return undefined;
  const parts: Parts = {
    id: entry.key ?? '',
    nodeType: typeName,
    properties: propertiesOf(text, subject?.actual.get('property')),
    assertions,
    message: actual.stringAt('message'),
  };
  const isMeant = parentFilter(subject?.actual);
  return ruleOf(parts, type, { isMeant, severity: levelOf(actual.get('severity')) });
}

function typeNameOf(subject: TreeNode | undefined): string {
  return subject?.actual.stringAt('type') ?? subject?.actual.string ?? '';
}

function propertiesOf(text: ConfigText, property: TreeNode | undefined): readonly string[] {
  return text.items(property, 'property').flatMap((one) => one.actual.string ?? []);
}

function refuse(text: ConfigText, node: TreeNode, what: string): undefined {
  text.say(node, `${what}, so this rule is not checked.`, 'info');
  return undefined;
}

const otherNames: Readonly<Record<string, NodeType>> = {
  Root: 'document',
  SchemaProperties: 'properties',
  OAuth2Flows: 'oauthFlows',
};

function nodeTypeOf(name: string): NodeType | undefined {
  if (Object.hasOwn(otherNames, name)) return otherNames[name];
  const own = name.charAt(0).toLowerCase() + name.slice(1);
  return nodeTypes.find((one) => one === own);
}

function assertionsOf(text: ConfigText, node: TreeNode | undefined): readonly Named[] | undefined {
  const all = node === undefined ? [] : text.entries(node, 'assertions');
  const found = all.map((one): Named | undefined => {
    const name = one.key ?? '';
    try {
      const check = assertionOf(name, plain(one));
      if (check === undefined) return refuse(text, one, `The assertion \`${name}\` is not run here`);
      return { name, check };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return refuse(text, one, `\`${name}\` is not taken (${messageOf(error)})`);
    }
  });
  const sound = found.filter((one) => one !== undefined);
  return sound.length < found.length || sound.length === 0 ? undefined : sound;
}

type Meant = (node: TreeNode) => boolean;

/** `filterInParentKeys` and `filterOutParentKeys`: the key under which the node stands. */
function parentFilter(subject: TreeNode | undefined): Meant {
  const listed = (key: string): readonly string[] | undefined =>
    subject?.has(key) === true
      ? subject.childrenOf(key).flatMap((one) => one.actual.string ?? [])
      : undefined;
  const [only, but] = [listed('filterInParentKeys'), listed('filterOutParentKeys')];
  return ({ key = '' }) => only?.includes(key) !== false && but?.includes(key) !== true;
}

function ruleOf(
  parts: Parts,
  type: NodeType,
  { isMeant, severity }: { readonly isMeant: Meant; readonly severity: ReturnType<typeof levelOf> },
): Rule {
  const { id, message } = parts;
  const summary = message ?? `What the assertion ${id} asks for holds.`;
  return defineRule({
    id,
    summary,
    why: summary,
    severity: severities.find((one) => one === severity) ?? 'error',
    source: { guideline: 'Redocly rules of the team' },
    presets: [],
    bad: '',
    good: '',
    visit: {
      [type]: (node: TreeNode, report: (problem: Problem) => void, spec: Spec) => {
        if (isMeant(node)) for (const problem of problemsOf(parts, node, spec)) report(problem);
      },
    },
  });
}

function problemsOf(parts: Parts, node: TreeNode, spec: Spec): readonly Problem[] {
  const looked =
    parts.properties.length === 0
      ? [keysOf(node)]
      : parts.properties.map((name) => valueAt(node, name, spec));
  return looked.flatMap((one) =>
    parts.assertions.flatMap(({ name, check }) =>
      check(one).map(({ why, at }) => ({
        at: at ?? one.at,
        message: messageFor(parts, { name, why, property: one.property }),
      })),
    ),
  );
}

function keysOf(node: TreeNode): Looked {
  return { at: node, property: '', value: undefined, node, keys: node.children };
}

function valueAt(node: TreeNode, property: string, spec: Spec): Looked {
  const found = node.get(property);
  const behind = found && (spec.deref(found) ?? found.actual);
  const value = behind?.kind === 'scalar' ? behind.value : undefined;
  return {
    at: found ?? node,
    property,
    value,
    node: behind,
    keys: behind?.kind === 'map' ? behind.children : undefined,
  };
}

function messageFor(
  { message, id, nodeType }: Parts,
  { name, why, property }: { readonly name: string; readonly why: string; readonly property: string },
): string {
  if (message === undefined) return `${id}: ${property === '' ? nodeType : `\`${property}\``} ${why}.`;
  const words: Readonly<Record<string, string>> = {
    assertionName: name,
    property,
    nodeType,
    problems: why,
    pointer: '',
  };
  return message.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, word: string) => {
    const known = Object.hasOwn(words, word) ? words[word] : undefined;
    return isString(known) ? known : whole;
  });
}
