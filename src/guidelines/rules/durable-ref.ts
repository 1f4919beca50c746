import { zalando } from '../guides';
import { defineRule } from '../rule';

const remote = /^https?:\/\//i;
/** Addresses that give another text tomorrow. */
const moving =
  /^http:\/\/|\/(?:master|main|develop|HEAD|latest|trunk)\/|@latest\b|^https?:\/\/(?:localhost|127\.)/i;

export const durableRef = defineRule({
  id: 'durable-ref',
  summary: 'A `$ref` to elsewhere leads to something that stays as it is.',
  why: 'What stands on a branch changes without a word, and your API with it: no review, no new version, and every build may give another client.',
  severity: 'warning',
  source: zalando(234),
  presets: ['strict', 'zalando'],
  bad: `components:
  schemas:
    Problem:
      $ref: https://raw.githubusercontent.com/shop/schemas/main/problem.yaml # want
`,
  good: `components:
  schemas:
    Problem:
      $ref: https://opensource.zalando.com/restful-api-guidelines/problem-1.0.1.yaml#/Problem
`,
  visit: {
    ref(node, report) {
      const ref = node.get('$ref');
      const text = ref?.string ?? '';
      if (ref === undefined || !remote.test(text) || !moving.test(text)) return;
      report({
        at: ref,
        on: 'value',
        message:
          'What stands there can change without a word: refer to a version that stays, by a tag, a commit or a number.',
      });
    },
  },
});
