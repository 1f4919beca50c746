/**
 * Records what Spectral, Redocly and IBM's validator say of descriptions, for `test/contract/peers.test.ts`. `node test/run.mjs bench peer-findings`
 *
 * `SERVICEWRIGHT_PEER_SPECS` is the folder with the descriptions, `SERVICEWRIGHT_PEER_FINDINGS` the file of JSON that is written: by file,
 * peer and rule the paths, joined with slashes. All rules of the first two are on; Redocly allows properties that a schema does not name, as JSON Schema
 * does. The peers are installed from npm as for `lint-peers`. Without the two variables nothing is done.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { JsonObject } from '../src/base/json';
import { isObject, isString } from '../src/base/json';
import { parsePointer } from '../src/guidelines/pointer';
import { install } from './lint/installed';

type Said = Record<string, string[]>;

const patience = 300_000;
const examples = ['media-type', 'parameter', 'schema'].map(
  (one) => `  no-invalid-${one}-examples: { severity: warn, allowAdditionalProperties: true }\n`,
);

function run(home: string, command: readonly string[]): unknown {
  const [name = '', ...args] = command;
  const { stdout } = spawnSync(join(home, 'node_modules', '.bin', name), args, {
    encoding: 'utf8',
    timeout: patience,
    maxBuffer: 1 << 30,
    env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=8000' },
  });
  try {
    return JSON.parse(stdout.slice(stdout.search(/[[{]/)));
  } catch {
    return undefined;
  }
}

function note(said: Said, rule: unknown, path: string): void {
  if (isString(rule)) (said[rule] ??= []).push(path);
}

function spectral(home: string, config: string, file: string): Said | undefined {
  const given = run(home, ['spectral', 'lint', '-q', '-f', 'json', '-r', config, file]);
  if (!Array.isArray(given)) return undefined;
  const said: Said = {};
  for (const one of given)
    if (isObject(one) && Array.isArray(one['path']) && one['source'] === file)
      note(said, one['code'], one['path'].map(String).join('/'));
  return said;
}

/** Redocly tells a doubled operation id at a key that is not there: the id. */
const placeOf = (rule: unknown, path: readonly string[]): string =>
  (rule === 'operation-operationId-unique' ? [...path.slice(0, -1), 'operationId'] : path).join('/');

function redocly(home: string, config: string, file: string): Said | undefined {
  const given = run(home, [
    'redocly',
    'lint',
    '--format=json',
    '--max-problems=1000000',
    `--config=${config}`,
    file,
  ]);
  if (!isObject(given) || !Array.isArray(given['problems'])) return undefined;
  const said: Said = {};
  for (const one of given['problems']) if (isObject(one)) noteProblem(said, one, file);
  return said;
}

function noteProblem(said: Said, one: JsonObject, file: string): void {
  const [first] = Array.isArray(one['location']) ? one['location'] : [];
  if (!isObject(first) || !isObject(first['source'])) return;
  const { ref } = first['source'];
  if (!isString(ref) || resolve(ref) !== file) return;
  const pointer = isString(first['pointer']) ? first['pointer'].replace(/^#\/?/, '') : '';
  const path = pointer === '' ? [] : parsePointer(`/${pointer}`);
  note(said, one['ruleId'], placeOf(one['ruleId'], path));
}

/** IBM's validator knows no Swagger 2.0, and needs minutes for more than half a megabyte. */
function ibm(home: string, file: string): Said | undefined {
  const given = statSync(file).size > 500_000 ? undefined : run(home, ['lint-openapi', '-j', file]);
  if (!isObject(given)) return undefined;
  const said: Said = {};
  for (const level of ['error', 'warning', 'info', 'hint']) {
    const told = given[level];
    for (const one of isObject(told) && Array.isArray(told['results']) ? told['results'] : [])
      if (isObject(one) && Array.isArray(one['path']))
        note(said, one['rule'], one['path'].map(String).join('/'));
  }
  return said;
}

function record(specs: string, target: string): void {
  const home = install();
  const work = mkdtempSync(join(tmpdir(), 'servicewright-peers-'));
  const [ours, theirs] = [join(work, '.spectral.yaml'), join(work, 'redocly.yaml')];
  writeFileSync(ours, 'extends: [["spectral:oas", all]]\n');
  writeFileSync(theirs, `extends: [all]\nrules:\n${examples.join('')}`);
  const all: Record<string, object> = {};
  for (const name of readdirSync(specs).filter((one) => /\.(?:ya?ml|json)$/.test(one))) {
    const file = join(specs, name);
    const byPeer = {
      spectral: spectral(home, ours, file),
      redocly: redocly(home, theirs, file),
      ibm: ibm(home, file),
    };
    all[name] = byPeer;
    const counts = Object.entries(byPeer).map(
      ([peer, said]) =>
        `${peer} ${said === undefined ? 'does not read it' : Object.values(said).flat().length}`,
    );
    console.log(`${name}: ${counts.join(', ')}`);
  }
  rmSync(work, { recursive: true });
  writeFileSync(target, JSON.stringify(all));
}

const [specs, target] = [process.env['SERVICEWRIGHT_PEER_SPECS'], process.env['SERVICEWRIGHT_PEER_FINDINGS']];
if (specs === undefined || target === undefined)
  console.log('Set SERVICEWRIGHT_PEER_SPECS (a folder) and SERVICEWRIGHT_PEER_FINDINGS (a file to write).');
else record(resolve(specs), resolve(target));
