import { componentSections } from './openapi';
import type { Severity } from './rule';
import type { ScoreTally } from './score';
import type { Spec } from './spec';

/** Counts what was found in a description; apart from `score.ts`, because the editor shows scores and reads no descriptions. */
export function tallyOf(
  spec: Spec,
  findings: readonly { readonly rule: string; readonly severity: Severity }[],
): ScoreTally {
  const rules = new Map<string, ScoreTally['rules'][number]>();
  for (const { rule, severity: level } of findings) {
    const key = `${rule} ${level}`;
    rules.set(key, { rule, severity: level, count: (rules.get(key)?.count ?? 0) + 1 });
  }
  const schemas = componentSections(spec).find((one) => one.key === 'schemas' || one.key === 'definitions');
  return {
    operations: spec.views.reduce((sum, view) => sum + view.nodes('operation').length, 0),
    schemas: schemas?.children.length ?? 0,
    rules: [...rules.values()],
  };
}
