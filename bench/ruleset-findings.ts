/**
 * Records what Spectral finds with the rule sets in `test/fixtures/spectral-rulesets`, for the test beside them: by rule, severity and
 * place of each finding. `node test/run.mjs bench ruleset-findings`; Spectral is installed from npm as for `lint-peers`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isObject, isString } from '../src/base/json';
import { install } from './lint/installed';

const home = install();
const fixtures = resolve('test/fixtures/spectral-rulesets');

function spectral(folder: string): readonly unknown[] {
  const { stdout, stderr } = spawnSync(
    join(home, 'node_modules', '.bin', 'spectral'),
    ['lint', '--quiet', '--format', 'json', 'openapi.yaml'],
    { cwd: folder, encoding: 'utf8' },
  );
  const found: unknown = JSON.parse(stdout === '' ? 'null' : stdout);
  if (!Array.isArray(found)) throw new Error(`Spectral does not take ${folder}: ${stderr}`);
  return found;
}

for (const name of readdirSync(fixtures)) {
  const folder = join(fixtures, name);
  const places = new Map<string, Set<string>>();
  for (const one of spectral(folder)) {
    if (!isObject(one) || !isString(one['code']) || !Array.isArray(one['path'])) continue;
    const rule = places.get(one['code']) ?? new Set();
    places.set(one['code'], rule.add(`${String(one['severity'])} ${one['path'].join('/')}`));
  }
  const sorted = [...places].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const said = Object.fromEntries(sorted.map(([rule, all]) => [rule, [...all].toSorted()]));
  writeFileSync(join(folder, 'spectral.json'), `${JSON.stringify(said, undefined, 2)}\n`);
  console.log(`${name}: ${sorted.length} rules with findings`);
}
