import type { CliCommand, CliContext } from '../../../base/cli';
import { join, relative } from '../../../base/paths';
import { count } from '../../../base/text';
import type { CheckReport } from '../../check';
import { checkTemplate, findingText } from '../../check';
import { templateFor } from './sources';

export const checkTemplateCommand: CliCommand = {
  name: 'check-template',
  usage: '<template>',
  summary: 'Try a template with many combinations of answers; exit 1 where something is wrong.',
  positionals: { min: 1, max: 1 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  async run(input, context) {
    const template = await templateFor(input.positionals[0] ?? '', context);
    const manifest = (await context.files.readText(join(template.dir, 'template.yaml'))) ?? '';
    const report = await checkTemplate(template, { manifest, signal: context.signal });
    if (input.flag('json')) tellJson(report, template, context);
    else tell(report, template, context);
    return report.findings.length === 0 ? 0 : 1;
  },
};

interface Checked {
  readonly id: string;
  readonly version: string;
  readonly dir: string;
}

function tellJson(
  { findings, trials, files }: CheckReport,
  { id, version }: Checked,
  context: CliContext,
): void {
  // Lines count from one, as editors and other linters show them.
  const rows = findings.map((one) => ({ ...one, line: one.line + 1 }));
  context.out(
    `${JSON.stringify({ template: { id, version }, combinations: trials, files, findings: rows }, null, 2)}\n`,
  );
}

function tell(
  { findings, trials, files }: CheckReport,
  { id, version, dir }: Checked,
  context: CliContext,
): void {
  for (const one of findings)
    context.out(`${relative(dir, one.path)}:${one.line + 1}: ${one.severity}: ${findingText(one)}\n`);
  const tried = `${count(files, 'file')} of ${count(trials, 'combination')} of answers`;
  const found = findings.length === 0 ? 'nothing is wrong' : count(findings.length, 'finding');
  context.out(`${id} ${version}: ${found} in ${tried}.\n`);
}
