/** Conditions, loops, calls and what would reach outside (GNU make manual, 8.4 to 8.14). Nothing here runs anything. */
import type { Expander } from '../expander';
import { hasUnknown, unknown, wordsOf } from '../text';
import type { Functions } from './define';

export const controlFunctions: Functions = {
  if: { most: 3, lazy: true, run: choose },
  or: { most: Infinity, lazy: true, run: firstTrue },
  and: { most: Infinity, lazy: true, run: lastTrue },
  intcmp: { most: 5, lazy: true, run: compare },
  foreach: { most: 3, lazy: true, run: forEach },
  let: { most: 3, lazy: true, run: bind },
  eval: {
    most: 1,
    run([text = ''], expander) {
      expander.evaluate(text);
      return '';
    },
  },
  value: {
    most: 1,
    run: ([name = ''], { variables }) => (hasUnknown(name) ? unknown : (variables.get(name)?.value ?? '')),
  },
  origin: { most: 1, run: ([name = ''], expander) => origin(name, expander) },
  flavor: { most: 1, run: ([name = ''], expander) => flavor(name, expander) },
  error: { most: 1, run: () => '' },
  warning: { most: 1, run: () => '' },
  info: { most: 1, run: () => '' },
  shell: {
    most: 1,
    run: ([command = ''], expander) =>
      hasUnknown(command) ? unknown : (expander.shell(command.trim()) ?? unknown),
  },
  file: { most: 2, run: ([operation = '']) => (operation.trim().startsWith('<') ? unknown : '') },
  guile: { most: 1, run: () => unknown },
};

/** Whether a condition's text is true: anything but nothing, even blanks that references left. Undefined when it cannot be known. */
function truth(text: string): boolean | undefined {
  if (text === '') return false;
  return /^\0+$/.test(text) ? undefined : true;
}

function choose([condition = '', then = '', otherwise = '']: readonly string[], expander: Expander): string {
  const yes = truth(expander.expand(condition.trim()));
  if (yes === undefined)
    return expander.either([() => expander.expand(then), () => expander.expand(otherwise)]);
  return expander.expand(yes ? then : otherwise);
}

function firstTrue(args: readonly string[], expander: Expander): string {
  for (const arg of args) {
    const text = expander.expand(arg.trim());
    const yes = truth(text);
    if (yes === undefined) return unknown;
    if (yes) return text;
  }
  return '';
}

function lastTrue(args: readonly string[], expander: Expander): string {
  let last = '';
  for (const arg of args) {
    last = expander.expand(arg.trim());
    const yes = truth(last);
    if (yes === undefined) return unknown;
    if (!yes) return '';
  }
  return last;
}

/** `$(intcmp a,b,less,equal,greater)` of GNU make 4.4. */
function compare([a = '', b = '', ...parts]: readonly string[], expander: Expander): string {
  const [left, right] = [expander.expand(a).trim(), expander.expand(b).trim()];
  const order = Number(left) - Number(right);
  if (hasUnknown(left + right) || Number.isNaN(order)) return unknown;
  if (parts.length === 0) return order === 0 ? left : '';
  const [less = '', equal = '', greater = equal] = parts;
  if (order === 0) return expander.expand(equal);
  return expander.expand(order < 0 ? less : greater);
}

function forEach([name = '', list = '', text = '']: readonly string[], expander: Expander): string {
  const variable = expander.expand(name).trim();
  const out: string[] = [];
  for (const word of wordsOf(expander.expand(list))) {
    if (expander.budget.exhausted) return unknown;
    out.push(expander.variables.withLocals(new Map([[variable, word]]), () => expander.expand(text)));
  }
  return out.join(' ');
}

/** `$(let names,list,text)` of GNU make 4.4: the last name takes what is left of the list. */
function bind([names = '', list = '', text = '']: readonly string[], expander: Expander): string {
  const variables = wordsOf(expander.expand(names));
  const words = wordsOf(expander.expand(list));
  const doubtful = words.some((word) => hasUnknown(word));
  const locals = variables.map((name, index): [string, string] => {
    if (doubtful) return [name, unknown];
    return [name, index === variables.length - 1 ? words.slice(index).join(' ') : (words[index] ?? '')];
  });
  return expander.variables.withLocals(new Map(locals), () => expander.expand(text));
}

function origin(name: string, { variables }: Expander): string {
  const variable = variables.get(name);
  if (hasUnknown(name)) return unknown;
  return variable?.origin ?? 'undefined';
}

function flavor(name: string, { variables }: Expander): string {
  const variable = variables.get(name);
  if (hasUnknown(name)) return unknown;
  if (!variable) return 'undefined';
  return variable.recursive ? 'recursive' : 'simple';
}
