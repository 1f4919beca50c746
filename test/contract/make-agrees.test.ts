import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nodeFiles } from '../../src/platform/node/files';
import { parseDatabase } from '../../src/tasks/sources/make/database';
import { loadMakefile } from '../../src/tasks/sources/make/load';
import { generatedMakefile } from '../helpers/make-grammar';
import { createRandom } from '../helpers/random';

/** make takes the prefix away from a continued recipe line when it runs it. */
const plain = (line: string): string => line.replaceAll('\n\t', '\n').trimStart();

/** A suffix rule is in the data base as a file is: with `-r` make knows no suffixes. */
const isGoal = ({ name }: { readonly name: string }): boolean => !/^\.[a-z](\.[a-z])?$/.test(name);

interface Said {
  readonly targets: readonly unknown[];
  readonly variables: Readonly<Record<string, string>>;
  readonly defaultGoal: string | undefined;
}

const sortKey = (one: { readonly name: string }): string => one.name;
const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  sortKey(a) < sortKey(b) ? -1 : 1;

/** What GNU make says of the folder's Makefile; undefined when it refuses the file. */
function makeSays(dir: string): Said | undefined {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const { stdout, stderr, error } = spawnSync('make', ['-pRrq', '-f', 'Makefile', ':'], {
    cwd: dir,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  const complaints = stderr.split('\n').filter((line) => line.includes('***'));
  if (complaints.some((line) => !line.includes("No rule to make target ':'"))) return undefined;
  const database = parseDatabase(stdout);
  assert.ok(database, stderr);
  const targets = database.targets.map(({ name, phony, prerequisites, recipe, recipeAt }) => ({
    name,
    phony,
    prerequisites: [...new Set(prerequisites)].toSorted(),
    recipe: recipe.map(plain),
    recipeAt: recipeAt && `${recipeAt.file}:${recipeAt.line}`,
  }));
  return {
    targets: targets.filter(isGoal).toSorted(byName),
    variables: simpleVariables(stdout),
    defaultGoal: database.defaultGoal,
  };
}

/** The variables that a file gave a value at once. */
function simpleVariables(output: string): Readonly<Record<string, string>> {
  const found = output.matchAll(/^# (?:makefile|'override' directive) \(from .*\)\n([\w.-]+) := (.*)$/gm);
  return Object.fromEntries(
    [...found].flatMap(([, name = '', value = '']) =>
      /^(MAKEFILE_LIST|\.DEFAULT_GOAL)$/.test(name) ? [] : [[name, shownValue(value)] as const],
    ),
  );
}

/** make prints blanks at the ends of a value so that one can see them, and a dollar sign as it is written. */
function shownValue(value: string): string {
  return /^\$\(subst ,,(.*)\)$/.exec(value)?.[1] ?? value.replaceAll('$$', () => '$');
}

async function weSay(dir: string, names: readonly string[]): Promise<Said> {
  const makefile = await loadMakefile(nodeFiles, join(dir, 'Makefile'), {
    environment: { LC_ALL: 'C', PATH: process.env['PATH'] },
  });
  assert.ok(makefile);
  assert.equal(makefile.truncated, false);
  const targets = makefile.targets.map(({ name, phony, prerequisites, recipe, recipeAt }) => ({
    name,
    phony,
    prerequisites: [...new Set(prerequisites)].toSorted(),
    recipe: recipe.map(plain),
    recipeAt: recipeAt && `${recipeAt.file.slice(dir.length + 1)}:${recipeAt.line}`,
  }));
  assert.deepEqual(makefile.unresolved, []);
  const variables = names.flatMap((name) => {
    const variable = makefile.variables.get(name);
    return variable ? [[name, variable.value.split('\n')[0] ?? ''] as const] : [];
  });
  return {
    targets: targets.filter(isGoal).toSorted(byName),
    variables: Object.fromEntries(variables),
    defaultGoal: makefile.defaultGoal,
  };
}

describe('on Makefiles without a shell the reader says what GNU make says', () => {
  let dir = '';
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'make-agrees-'));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  const count = Number(process.env['SERVICEWRIGHT_AGREE_RUNS'] ?? 150);
  const first = Number(process.env['SERVICEWRIGHT_AGREE_FROM'] ?? 0);
  const failures = Number(process.env['SERVICEWRIGHT_AGREE_FAILURES'] ?? 1);

  test('targets, prerequisites, recipes, their lines, the default goal and the values of variables', async () => {
    let accepted = 0;
    let failed = 0;
    for (let seed = first; seed < first + count; seed++) {
      const files = generatedMakefile(createRandom(seed));
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, name)), { recursive: true });
        writeFileSync(join(dir, name), text);
      }
      const said = makeSays(dir);
      if (!said) continue;
      accepted++;
      try {
        assert.deepEqual(await weSay(dir, Object.keys(said.variables)), said);
      } catch (error) {
        failed++;
        const text = `seed ${seed}:\n${Object.entries(files)
          .map(([name, one]) => `--- ${name}\n${one}`)
          .join('')}`;
        if (failed >= failures) throw new Error(text, { cause: error });
        console.log(text, error);
      }
    }
    assert.ok(accepted > count / 3, `make accepted ${accepted} of ${count}`);
    assert.equal(failed, 0);
  });
});
