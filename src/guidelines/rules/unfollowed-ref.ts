import type { Lead, Refusal } from '../others';
import { defineRule } from '../rule';

const list = '`refs.urls` in .servicewright/guidelines.yaml';

const reasons: Readonly<Record<Refusal, string>> = {
  url: `since it leads to a URL: what stands there is neither checked nor known. Keep a copy in the workspace to have it checked, or list its https address under ${list}.`,
  'file-url':
    'since it leads to a file by its URL, which is another file, or none, on other machines. Write its path as seen from this file.',
  credentials: 'since its address holds a user name or password, and credentials are never sent.',
  unlisted: `since its address is below none of those in ${list}. List it there, or keep a copy in the workspace.`,
  untrusted: `since this workspace is not trusted: what ${list} lists is fetched only once it is (*Workspaces: Manage Workspace Trust*).`,
  offline: 'since nothing is fetched with `--offline`.',
  outside:
    'since it leads out of the workspace folder. Move the file into the folder, or open one that holds both.',
  many: 'since the description leads to more files than are read (2,000).',
};

/** Why a reference is not followed; undefined when it is. */
function reasonOf(lead: Lead | undefined, ref: string): string | undefined {
  if (lead?.kind === 'refused') return reasons[lead.why];
  if (lead?.kind === 'faulty') return `since what it leads to ${lead.fault}.`;
  // Of a text alone nothing is known of its surroundings; but no other machine has this file.
  return lead === undefined && /^file:/i.test(ref) ? reasons['file-url'] : undefined;
}

export const unfollowedRef = defineRule({
  id: 'unfollowed-ref',
  summary:
    'Every `$ref` leads to something that can be looked at: a file of the same workspace folder, or what a list of web addresses covers.',
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
      const reason = reasonOf(spec.others?.leadOf(ref), ref);
      if (reason !== undefined)
        report({ at, on: 'value', message: `This reference is not followed, ${reason}` });
    },
  },
});
