import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function isReadable(pattern: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      new RegExp(pattern, flags);
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  });
}

function check(node: TreeNode, report: Report): void {
  const at = node.get('pattern');
  if (at?.string === undefined || isReadable(at.string)) return;
  const groups = /\(\?(?:P<|[a-z]*\))/.test(at.string)
    ? ' JavaScript, which JSON Schema follows, has no such group.'
    : '';
  report({ at, on: 'value', message: `This pattern can’t be read as a regular expression.${groups}` });
}

export const patternValid = defineRule({
  id: 'pattern-valid',
  summary: 'A `pattern` is a regular expression that can be read.',
  why: 'A pattern that can’t be read stops validators and generators, or is passed over, so that anything is allowed.',
  severity: 'error',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6.3.3',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.3',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `components:
  schemas:
    Code:
      type: string
      pattern: '^[A-Z' # want
`,
  good: `components:
  schemas:
    Code:
      type: string
      pattern: '^[A-Z]+$'
`,
  visit: {
    'schema.pattern': check,
    parameter: check,
    header: check,
  },
});
