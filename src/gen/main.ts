import { readFile } from 'node:fs/promises';
import { isObject } from '../base/json';
import { allRules } from '../guidelines';
import { cliHelp } from './cli-help';
import { guidelinesSchema } from './guidelines-schema';
import { manifestParts } from './manifest';
import { put } from './put';
import { readmeTables } from './readme';
import { rulesReadme } from './rule-docs';
import { serviceSchema } from './service-schema';
import { templateSchema } from './template-schema';

async function packageJson(): Promise<string> {
  const value: unknown = JSON.parse(await readFile('package.json', 'utf8'));
  if (!isObject(value)) throw new Error('package.json is not an object');
  return JSON.stringify({ ...value, ...manifestParts() }, null, 2);
}

/** Replaces what stands between `<!-- gen:NAME -->` and `<!-- /gen -->`. */
async function readme(): Promise<string> {
  const tables = await readmeTables();
  const text = await readFile('README.md', 'utf8');
  return text.replaceAll(
    /(<!-- gen:(\w+) -->)[^]*?(<!-- \/gen -->)/g,
    (_whole, open: string, name: string, close: string) => {
      const table = tables[name];
      if (table === undefined) throw new Error(`README.md asks for an unknown table ${name}`);
      return `${open}\n\n${table}\n\n${close}`;
    },
  );
}

async function main(): Promise<void> {
  await put('package.json', await packageJson());
  await put('README.md', await readme());
  await put('src/main/cli-help.gen.ts', await cliHelp());
  await put('src/guidelines/rules/README.md', rulesReadme(allRules));
  await put('media/servicewright.schema.json', JSON.stringify(serviceSchema(), null, 2));
  await put('media/guidelines.schema.json', JSON.stringify(guidelinesSchema(allRules), null, 2));
  await put('media/template.schema.json', JSON.stringify(templateSchema(), null, 2));
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
