import type { Rule, Source } from '../guidelines';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function sourceText({ guideline, ref, url }: Source): string {
  const name = ref === undefined ? guideline : `${guideline}, ${ref}`;
  return url === undefined ? name : `[${name}](${url})`;
}

/** `src/guidelines/rules/README.md`: every rule in a table. */
export function rulesReadme(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const isUsual = rule.presets.includes('recommended') ? 'yes' : '';
    const folder = rule.before === undefined ? '' : '../breaking/checks/';
    const id = `[\`${rule.id}\`](${folder}${rule.id}.ts)`;
    return `| ${[id, cell(rule.summary), rule.severity, isUsual, cell(sourceText(rule.source))].join(' | ')} |`;
  });
  return [
    '# Rules',
    '',
    `${rules.length} rules, one file each. \`servicewright explain <rule>\` tells why a rule exists, with a bad and a good example. This table is`,
    'generated from the files by `npm run gen`.',
    '',
    '| Rule | What holds | Severity | Recommended | Source |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
