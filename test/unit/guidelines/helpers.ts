import type { CheckOptions, Finding, Rule, Spec } from '../../../src/guidelines';
import { allRules, checkSpec } from '../../../src/guidelines';
import type { Edit } from '../../../src/guidelines/edit';
import { Lines } from '../../../src/guidelines/lines';
import { specSteps } from '../../../src/guidelines/spec';
import { finish } from '../../../src/guidelines/steps';
import type { Range } from '../../../src/base/text';

const parts: Readonly<Record<string, string>> = {
  openapi: 'openapi: 3.1.0\n',
  info: 'info:\n  title: Orders\n  version: 1.0.0\n  description: Orders of the shop.\n  contact: { name: Shop team }\n',
  paths: 'paths: {}\n',
};

/** A fragment of a YAML description, made whole: what every description needs is put before it. */
export function whole(fragment: string): string {
  if (/^(?:asyncapi|arazzo|overlay):/m.test(fragment)) return fragment;
  const missing = Object.entries(parts).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(fragment));
  const isOld = /^swagger:/m.test(fragment);
  return missing.map(([key, text]) => (key === 'openapi' && isOld ? '' : text)).join('') + fragment;
}

/** Zero-based lines that carry the mark `# want`. */
export function wanted(text: string): readonly number[] {
  return text.split('\n').flatMap((line, at) => (line.includes('# want') ? [at] : []));
}

export function ruleOf(id: string): Rule {
  const rule = allRules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  return rule;
}

/** A text that has to be a description, so that no finding means that there is nothing to find. */
export function read(text: string): Spec {
  const spec = finish(specSteps(text));
  if (spec === undefined) throw new Error(`This is no description:\n${text}`);
  return spec;
}

/** The findings of one rule in a fragment. */
export function check(id: string, fragment: string): readonly Finding[] {
  return checkSpec(read(whole(fragment)), { rules: [ruleOf(id)] });
}

/** What a rule underlines in a fragment, in order. */
export function underlined(id: string, fragment: string): readonly string[] {
  const text = whole(fragment);
  return check(id, fragment).map((finding) => textAt(text, finding.range));
}

/** Findings of the rules that run when nothing is said. */
export function checkUsual(text: string, options: CheckOptions = {}): readonly Finding[] {
  return checkSpec(read(text), options);
}

/** Findings of all rules, recommended or not. */
export function checkAll(text: string, options: CheckOptions = {}): readonly Finding[] {
  return checkSpec(read(text), { rules: allRules, ...options });
}

export function textAt(text: string, range: Range): string {
  const lines = new Lines(text);
  return text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((out, edit) => out.slice(0, edit.start) + edit.text + out.slice(edit.end), text);
}

/** The fragment after the fix of the first finding of a rule. */
export function fixed(id: string, fragment: string): string {
  const text = whole(fragment);
  const finding = checkSpec(read(text), { rules: [ruleOf(id)] }).find((one) => one.fix !== undefined);
  if (finding?.fix === undefined) throw new Error(`${id} offers no fix.`);
  const after = applyEdits(text, finding.fix.edits());
  return after.slice(text.length - fragment.length);
}
