import type { Lead } from '../others';
import { defineRule } from '../rule';

const reasons: Readonly<Record<Extract<Lead, { kind: 'refused' }>['why'], string>> = {
  url: 'This reference is not followed, since it leads to a URL: what stands there is neither checked nor known. Keep a copy in the workspace to have it checked.',
  outside:
    'This reference is not followed, since it leads out of the workspace folder. Move the file into the folder, or open one that holds both.',
  many: 'This reference is not followed, since the description leads to more files than are read (2,000).',
};

export const unfollowedRef = defineRule({
  id: 'unfollowed-ref',
  summary: 'Every `$ref` leads to something that can be looked at: a file of the same workspace folder.',
  why: 'What is not looked at is not checked: a hole behind such a reference is found by those who read or call the API.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Reference Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#reference-object',
  },
  presets: ['recommended', 'strict'],
  bad: `components:
  schemas:
    Problem:
      $ref: file:///srv/schemas/problem.yaml # want
`,
  good: `components:
  schemas:
    Order:
      type: object
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Order'
`,
  visit: {
    ref(node, report, spec) {
      const at = node.get('$ref');
      const ref = at?.string;
      if (at === undefined || ref === undefined || ref.startsWith('#')) return;
      // Of a text alone nothing is known of its surroundings; but no other machine has this file.
      const alone: Lead | undefined = /^file:/i.test(ref) ? { kind: 'refused', why: 'url' } : undefined;
      const lead = spec.others?.leadOf(ref) ?? alone;
      if (lead?.kind === 'refused') report({ at, on: 'value', message: reasons[lead.why] });
    },
  },
});
