/** What a declared rule asks of a value when a function of the team says it. */
import type { ConfigProblem } from '../config/text';
import type { Ask, Asking, Fault, Question, Subject } from '../declared/functions';
import type { Spec } from '../spec';
import type { PathSegment, TreeNode } from '../tree';
import type { CodeFunctions } from './functions';
import type { Answer, Call, CodeResult } from './messages';

export interface CodeAsking {
  readonly functions: CodeFunctions;
  readonly file: string;
  /** Whether the file is a rule set that holds several functions by name. */
  readonly isOfMany?: boolean;
  /** As the rule set calls it. */
  readonly name: string;
  readonly options: unknown;
  /** Where the rule set names it. */
  readonly place: Pick<ConfigProblem, 'file' | 'range'>;
}

/** Calls the function for each value. What goes wrong is told of the configuration, not of the value. */
export function codeAsk({ functions, file, isOfMany = false, name, options, place }: CodeAsking): Ask {
  const naming = { ...place, name };
  const tell = (spec: Spec, what: string, severity: ConfigProblem['severity']): void =>
    functions.tell(spec, naming, { ...place, severity, message: `The function \`${name}\` ${what}` });
  const answers = new WeakMap<Subject, Answer>();
  const ask = (subject: Subject, asking: Asking): readonly Fault[] => {
    const { spec } = asking;
    const answer = answers.get(subject);
    if (answer === undefined || answer.kind === 'ruleset') return [];
    if (answer.kind === 'fault') {
      tell(spec, `is not to be relied on: ${answer.why}. ${next}`, 'warning');
      return [];
    }
    const { results, left } = answer;
    const more = `found ${left + results.length} things at one place; ${results.length} are shown.`;
    if (left > 0) tell(spec, more, 'info');
    return results.map((result) => faultOf(result, asking));
  };
  const of = { file, options, name: isOfMany ? name : undefined };
  const ahead = (spec: Spec, all: readonly Question[]): void => {
    functions.begin(spec, naming);
    // Of a broken text nothing is told that looks at the whole of it.
    if (!spec.isSoundAround) return;
    const calls = all.map(({ subject, asking }) => callOf(of, subject, asking));
    const given = functions.call(spec, calls);
    for (const [at, { subject }] of all.entries()) answers.set(subject, given[at] ?? unanswered);
  };
  return Object.assign(ask, { ahead });
}

const unanswered: Answer = { kind: 'fault', why: 'it gave no answer' };
const next = 'What it checks may be unchecked; mend it, and save it or the rule set.';

function callOf(
  of: Pick<Call, 'file' | 'options' | 'name'>,
  subject: Subject,
  { rule, path, isResolved }: Asking,
): Call {
  const { node, scalar } = subject;
  const isScalar = node === undefined || scalar !== undefined;
  return {
    ...of,
    path: path(),
    isResolved,
    rule,
    target: isScalar ? { value: scalar } : undefined,
  };
}

function faultOf({ message, path }: CodeResult, { spec, isResolved }: Asking): Fault {
  const at = path === undefined ? undefined : nodeAt(spec, path, isResolved);
  return { why: message, isSentence: true, ...(at === undefined ? {} : { at }) };
}

/** The value at a path, or the nearest above it that there is. */
function nodeAt(spec: Spec, path: readonly PathSegment[], isResolved: boolean): TreeNode {
  const follow = (node: TreeNode): TreeNode => (isResolved ? (spec.deref(node) ?? node.actual) : node.actual);
  let found: TreeNode = spec.root;
  for (const segment of path) {
    const holder = follow(found);
    const next = holder.kind === 'list' ? holder.children[Number(segment)] : holder.get(String(segment));
    if (next === undefined) return found;
    found = next;
  }
  const behind = follow(found);
  return behind === found.actual ? found : behind;
}
