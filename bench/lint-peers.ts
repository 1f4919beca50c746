/**
 * What checking an API description costs, beside other tools. `node test/run.mjs bench lint-peers`
 *
 * Each is a cold process with JSON or text into nothing. The rules differ, so these are the tools as they come; ours is measured with the
 * recommended rules and with every rule. The tools take turns, so that all meet the same noise. Redocly, Spectral and IBM's validator are
 * installed from npm into the cache folder (`SERVICEWRIGHT_CACHE`) once; vacuum is measured where it is on the path. The library that
 * vacuum reads descriptions with is built where Go is: what it takes without any rule is the least that vacuum takes.
 * `SERVICEWRIGHT_SPEC` is a part of the name of the descriptions, `SERVICEWRIGHT_PEERS` a list of the tools (`Redocly,Spectral`), and
 * `SERVICEWRIGHT_ROUNDS` how often each is run.
 */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { allRules } from '../src/guidelines/rules/index.gen';
import { cliPath } from '../test/helpers/cli';
import { install } from './lint/installed';
import { buildLibopenapi } from './lint/libopenapi';
import type { Cost } from './lint/measured';
import { measured, middle } from './lint/measured';

const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const only = process.env['SERVICEWRIGHT_SPEC'] ?? '';
const wanted = process.env['SERVICEWRIGHT_PEERS']?.split(',');
const rounds = Number(process.env['SERVICEWRIGHT_ROUNDS'] ?? 3);
const names = [
  'petstore-3.0.yaml',
  'museum-3.1.yaml',
  'netlify.swagger2.yml',
  'twilio-messaging.yaml',
  'discord.json',
  'openai.yaml',
  'stripe.yaml',
  'kubernetes.swagger2.json',
  'github-api.derived.yaml',
];
const reading = 'libopenapi 0.42 (*)';
/** Spectral and IBM's validator take minutes for the largest. */
const patience = 300;

interface Tool {
  readonly name: string;
  command(spec: string): readonly string[];
}

function peers(home: string): readonly Tool[] {
  const bin = (name: string): string => join(home, 'node_modules', '.bin', name);
  const memory = ['env', 'NODE_OPTIONS=--max-old-space-size=8000'];
  const ruleset = join(home, '.spectral.yaml');
  writeFileSync(ruleset, 'extends: spectral:oas\n');
  const libopenapi = isWanted(reading) ? buildLibopenapi() : undefined;
  return [
    {
      name: 'Redocly',
      command: (spec) => [...memory, bin('redocly'), 'lint', '--extends=recommended', '--format=json', spec],
    },
    {
      name: 'Spectral',
      command: (spec) => [...memory, bin('spectral'), 'lint', '-q', '-f', 'json', '-r', ruleset, spec],
    },
    { name: 'IBM', command: (spec) => [...memory, bin('lint-openapi'), '-j', spec] },
    ...(isOnPath('vacuum')
      ? [{ name: 'vacuum', command: (spec: string) => ['vacuum', 'lint', '-d', spec] }]
      : []),
    ...(libopenapi === undefined ? [] : [{ name: reading, command: (spec: string) => [libopenapi, spec] }]),
  ];
}

const isWanted = (name: string): boolean => wanted?.some((one) => name.startsWith(one)) ?? true;

function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}

function ours(home: string): readonly Tool[] {
  const every = join(home, 'every.yaml');
  const rules = allRules.map(({ id, severity }) => `  ${id}: ${severity}\n`);
  writeFileSync(every, `rules:\n${rules.join('')}`);
  const lint = [process.execPath, cliPath, 'lint'];
  return [
    { name: 'ours', command: (spec) => [...lint, '--preset', 'recommended', spec] },
    { name: `ours, all ${allRules.length}`, command: (spec) => [...lint, '--config', every, spec] },
  ];
}

function cell(cost: Cost | undefined): string {
  if (cost === undefined) return '';
  const { cpu, wall, memory, code } = cost;
  const figures = `${cpu.toFixed(2)} ${wall.toFixed(1)} ${memory.toFixed(0)}`;
  return code < 0 ? `> ${patience} s` : code > 1 ? `${figures} (${code})` : figures;
}

async function measure(name: string, tools: readonly Tool[]): Promise<void> {
  const spec = join(corpus, name);
  const costs = tools.map((): Cost[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [at, tool] of tools.entries()) {
      // What was too slow once is not asked again.
      if (costs[at]?.some(({ code }) => code < 0) === true) continue;
      costs[at]?.push(await measured(tool.command(spec), patience));
    }
  const size = `${(statSync(spec).size / 1e6).toFixed(2)} MB`;
  console.log(
    [name.padEnd(26), size.padStart(9), ...costs.map((all) => cell(middle(all)).padStart(20))].join(''),
  );
}

async function main(): Promise<void> {
  const present = names.filter((name) => name.includes(only) && existsSync(join(corpus, name)));
  const home = mkdtempSync(join(tmpdir(), 'servicewright-bench-'));
  try {
    const others = peers(install()).filter(({ name }) => isWanted(name));
    const tools = [...ours(home), ...others];
    console.log(
      'Seconds of processor time, seconds from start to exit, megabytes; in brackets an exit code that is an error\n',
    );
    console.log([''.padEnd(35), ...tools.map((tool) => tool.name.padStart(20))].join(''));
    for (const name of present) await measure(name, tools);
    if (tools.some(({ name }) => name === reading))
      console.log('\n(*) the reading part of vacuum, no rules: index, references, circles, model');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

void main();
