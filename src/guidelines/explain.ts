/** A rule as a text for people: in the hover, on the rule's page, in the terminal. */
import type { Before } from './finding';
import type { Rule, Source } from './rule';

function sourceLink({ guideline, ref, url }: Source): string {
  const name = ref === undefined ? guideline : `${guideline}, ${ref}`;
  return url === undefined ? name : `[${name}](${url})`;
}

const yaml = (text: string): string => ['```yaml', withoutMarks(text), '```'].join('\n');

/** Why, a bad and a good example and the source, in Markdown. */
export function ruleMarkdown(rule: Rule): string {
  return [
    rule.why,
    ...(rule.before === undefined ? [] : ['**Before**', yaml(rule.before)]),
    '**Bad**',
    yaml(rule.bad),
    '**Good**',
    yaml(rule.good),
    `Source: ${sourceLink(rule.source)}`,
  ].join('\n\n');
}

/** What stood there in an older version, in Markdown. A text may itself hold a fence. */
export function beforeMarkdown({ from, line, text }: Before): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`**In ${from}**, line ${line + 1}:`, [`${fence}yaml`, text, fence].join('\n')].join('\n\n');
}

/** The rule's own page, in Markdown. */
export function rulePage(rule: Rule): string {
  const facts = [`Severity: ${rule.severity}`, `Presets: ${rule.presets.join(', ')}`].join(' · ');
  return [
    `# ${rule.id}`,
    `**${rule.summary}**`,
    ruleMarkdown(rule),
    facts,
    ...optionsMarkdown(rule),
    'A team says in `.servicewright/guidelines.yaml` how grave it is; `off` silences it:',
    yaml(`rules:\n  ${rule.id}: off`),
    'One finding is silenced by a comment above its line, with the reason:',
    yaml(`# servicewright-disable-next-line ${rule.id} -- why it may stay`),
    '',
  ].join('\n\n');
}

/** What a team can set of the rule. */
function optionsMarkdown({ options = [] }: Rule): readonly string[] {
  if (options.length === 0) return [];
  const rows = options.map(
    ({ name, description, default: value }) => `- \`${name}\` (${JSON.stringify(value)}): ${description}`,
  );
  return ['**Options**', rows.join('\n')];
}

/** The rule for a terminal. */
export function ruleText(rule: Rule): string {
  const { guideline, ref, url } = rule.source;
  return [
    `${rule.id} (${rule.severity})\n${rule.summary}`,
    rule.why,
    ...(rule.before === undefined ? [] : [`Before:\n${indented(rule.before)}`]),
    `Bad:\n${indented(rule.bad)}`,
    `Good:\n${indented(rule.good)}`,
    ...optionsText(rule),
    `Presets: ${rule.presets.join(', ')}`,
    `Source: ${[guideline, ref, url].filter((part) => part !== undefined).join(', ')}\n`,
  ].join('\n\n');
}

function optionsText({ options = [] }: Rule): readonly string[] {
  const rows = options.map(
    ({ name, description, default: value }) => `    ${name} (${JSON.stringify(value)}): ${description}`,
  );
  return rows.length === 0 ? [] : [`Options:\n${rows.join('\n')}`];
}

const indented = (text: string): string => withoutMarks(text).replaceAll(/^(?=.)/gm, '    ');

/** The marks in the bad examples are for tests. */
function withoutMarks(example: string): string {
  return example.replaceAll(/[ \t]*# want$/gm, '').trimEnd();
}
