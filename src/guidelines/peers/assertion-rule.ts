/** A configurable rule of Redocly, as it runs. */
import { basename } from '../../base/paths';
import { formatPointer } from '../pointer';
import type { Problem, Rule, Severity } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import { specOf } from '../spec';
import type { TreeNode } from '../tree';
import type { Looked } from './assertion-values';
import type { Asking, Named } from './assertions';
import { anyType } from './redocly-types';
import type { Level, Met } from './redocly-walk';
import { everyMet, metOn } from './redocly-walk';

export interface Parts {
  readonly id: string;
  readonly asking: Asking;
  /** What must hold around the subject, outermost first; the last may be the subject itself. */
  readonly where: readonly Asking[];
  readonly message: string | undefined;
  readonly suggestions: readonly string[];
  /** An address for people. */
  readonly reference: string | undefined;
  readonly severity: Severity;
}

export function madeRule(parts: Parts): Rule {
  const { id, message, severity, reference } = parts;
  const summary = message ?? `What the assertion ${id} asks for holds.`;
  return defineRule({
    id,
    summary,
    why: summary,
    severity,
    source: {
      guideline: 'Redocly rules of the team',
      ...(reference === undefined ? {} : { url: reference }),
    },
    presets: [],
    bad: '',
    good: '',
    wholeDocument: true,
    visit: { map: visitor(parts) },
  });
}

/** Looks at the whole description once, and tells of each file what is wrong there. */
function visitor(parts: Parts): NonNullable<Rule['visit']['map']> {
  const known = new WeakMap<Spec, { readonly round: number; readonly problems: readonly Problem[] }>();
  return (node, report, spec) => {
    if (node.parent !== undefined) return;
    const { home } = spec;
    const { round } = home.notebook;
    // Whatever changes in any of the files, this is asked again.
    void home.views;
    let found = known.get(home);
    if (found?.round !== round) {
      found = {
        round,
        problems: distinct(metBy(parts, home).flatMap((one) => problemsOf(parts, one, home))),
      };
      known.set(home, found);
    }
    for (const problem of found.problems) if (spec.owns(problem.at)) report(problem);
  };
}

/** What is reached by two ways is told of once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const told = new Map<TreeNode, Set<string>>();
  return problems.filter(({ at, message }) => {
    const messages = told.get(at) ?? new Set<string>();
    told.set(at, messages);
    return messages.size !== messages.add(message).size;
  });
}

/** The objects that a rule is about. */
function metBy({ asking, where }: Parts, spec: Spec): readonly Met[] {
  const holds = (one: Asking): Level => ({
    type: one.type,
    isMeant: (met) => one.isMeant(met.key) && failsOf(one, met, spec).length === 0,
  });
  const last = where.at(-1);
  const isSelf = last?.type === asking.type;
  const subject: Level = {
    type: asking.type,
    isMeant: (met) => asking.isMeant(met.key) && !(isSelf && last !== undefined && !holds(last).isMeant(met)),
  };
  const around = (isSelf ? where.slice(0, -1) : where).map(holds);
  if (around.length > 0) return metOn([...around, subject], spec);
  const isOf = (met: Met): boolean => asking.type === anyType || met.type === asking.type;
  return everyMet(spec).filter((met) => isOf(met) && subject.isMeant(met));
}

interface Fail {
  readonly name: string;
  readonly why: string;
  readonly at: TreeNode;
}

function failsOf({ assertions, properties }: Asking, met: Met, spec: Spec): readonly Fail[] {
  return assertions.flatMap((one) => {
    const looked =
      properties.length === 0
        ? [keysOf(one, met, spec)]
        : properties.map((name) => propertyOf(one, met, { name, spec }));
    return looked.flatMap((of) =>
      one.check(of).map(({ why, at }) => ({ name: one.name, why, at: at ?? of.at })),
    );
  });
}

const follower =
  (spec: Spec): Looked['follow'] =>
  (node) =>
    spec.deref(node) ?? node.actual;

function keysOf({ name }: Named, met: Met, spec: Spec): Looked {
  const at = name === 'ref' ? met.raw : met.at;
  return { at, value: met.node, raw: met.raw, isKeys: true, follow: follower(spec) };
}

function propertyOf(
  { name: asked }: Named,
  met: Met,
  { name, spec }: { readonly name: string; readonly spec: Spec },
): Looked {
  const found = met.node.get(name);
  const raw = met.raw.get(name);
  const at = asked === 'ref' ? (raw ?? met.raw) : (found ?? met.at);
  return { at, value: found && spec.deref(found), raw, isKeys: false, follow: follower(spec) };
}

/** What is wrong in one place is one finding, however many assertions say so. */
function problemsOf(parts: Parts, met: Met, spec: Spec): readonly Problem[] {
  const byPlace = new Map<TreeNode, Fail[]>();
  for (const fail of failsOf(parts.asking, met, spec)) {
    const known = byPlace.get(fail.at);
    if (known === undefined) byPlace.set(fail.at, [fail]);
    else known.push(fail);
  }
  return [...byPlace].map(([at, fails]) => ({ at, message: messageFor(parts, met, fails) }));
}

function messageFor({ message, id, asking, suggestions }: Parts, met: Met, fails: readonly Fail[]): string {
  const { type, properties } = asking;
  const problems = fails.map(({ why }) => why).join('; ');
  const what = properties.length === 0 ? type : properties.map((one) => `\`${one}\``).join(', ');
  const words: Readonly<Record<string, () => string>> = {
    assertionName: () => id,
    property: () => properties.join(', '),
    nodeType: () => type,
    key: () => met.key,
    pointer: () => `#${formatPointer(met.node.path.map(String)) || '/'}`,
    file: () => basename(specOf(met.node)?.others?.address ?? ''),
    problems: () => problems,
  };
  const said = (message ?? `${id}: ${what} ${problems}.`).replaceAll(
    /\{\{(\w+)\}\}/g,
    (whole, word: string) => (Object.hasOwn(words, word) ? (words[word]?.() ?? whole) : whole),
  );
  return suggestions.length === 0 ? said : `${said} Suggestions: ${suggestions.join(', ')}.`;
}
