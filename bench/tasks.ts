/**
 * How well and how fast targets are listed. `node test/run.mjs bench tasks.ts`
 *
 * Precision and recall against GNU make's own data base, where a corpus is found (`SERVICEWRIGHT_CORPUS`, else `../shared/corpus`):
 * a folder per Makefile with `ground-truth.tsv` (name, phony, recipe file, recipe line) beside it. Beside ours, a plain regex and the words
 * in the rules that tree-sitter-make finds; and the time that make takes for its own list, which runs what the file holds.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import type { Node } from 'web-tree-sitter';
import { readMakefile } from '../src/tasks/sources/make/reader';
import type { Makefile } from '../src/tasks/sources/make/makefile';
import { syntheticMakefile } from '../test/helpers/makefiles';

interface Truth {
  readonly name: string;
  readonly phony: boolean;
  readonly hasRecipe: boolean;
}

interface Score {
  readonly found: number;
  readonly right: number;
  readonly all: number;
  readonly tasks: number;
  readonly tasksFound: number;
}

const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'makefiles');

function truthOf(dir: string): readonly Truth[] {
  const rows = readFileSync(join(dir, 'ground-truth.tsv'), 'utf8').trimEnd().split('\n').slice(1);
  return rows.map((row) => {
    const [name = '', phony, recipeFile = ''] = row.split('\t');
    return { name, phony: phony === '1', hasRecipe: recipeFile !== '' };
  });
}

/** The folder in which the truth was taken: names that make built from it are absolute. */
function directoryOf(truth: readonly Truth[]): string {
  const prefix = /^(\/.*\/trees\/[^/]+)\//;
  return truth.flatMap(({ name }) => prefix.exec(`${name}/`)?.[1] ?? [])[0] ?? '/project';
}

function read(dir: string, directory: string): Makefile {
  const onDisk = (path: string): string =>
    path === directory ? dir : path.replace(`${directory}/`, `${dir}/`);
  return readMakefile({
    entry: `${directory}/Makefile`,
    directory,
    read: (path) =>
      existsSync(onDisk(path)) && statSync(onDisk(path)).isFile()
        ? readFileSync(onDisk(path), 'utf8')
        : undefined,
    list: (path) =>
      path.startsWith(directory) && existsSync(onDisk(path)) ? readdirSync(onDisk(path)) : undefined,
    shell: (command) => (command === 'pwd' ? directory : undefined),
  });
}

function withRegex(dir: string): readonly string[] {
  const text = readFileSync(join(dir, 'Makefile'), 'utf8');
  return [...new Set([...text.matchAll(/^([A-Za-z0-9_.-]+):/gm)].map((match) => match[1] ?? ''))];
}

function score(names: readonly string[], truth: readonly Truth[]): Score {
  const all = new Set(truth.map(({ name }) => name));
  const found = new Set(names);
  const tasks = truth.filter(
    ({ name, phony, hasRecipe }) => phony || (hasRecipe && /^[\w.-]+$/.test(name) && name !== 'Makefile'),
  );
  return {
    found: found.size,
    right: [...found].filter((name) => all.has(name)).length,
    all: all.size,
    tasks: tasks.length,
    tasksFound: tasks.filter(({ name }) => found.has(name)).length,
  };
}

function percent(part: number, whole: number): string {
  return (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}`).padStart(6);
}

function columns(one: Score): string {
  return `${percent(one.right, one.found)} ${percent(one.right, one.all)} ${percent(one.tasksFound, one.tasks)}`;
}

function sum(scores: readonly Score[]): Score {
  const total = (key: keyof Score): number => scores.reduce((so, one) => so + one[key], 0);
  return {
    found: total('found'),
    right: total('right'),
    all: total('all'),
    tasks: total('tasks'),
    tasksFound: total('tasksFound'),
  };
}

/** In milliseconds: the first reading, and the best of several, which is the cost when nothing else wants the processor. */
function time(work: () => unknown, runs = 15): string {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const columns = [times[0] ?? 0, Math.min(...times)];
  return columns.map((ms) => ms.toFixed(1).padStart(7)).join('');
}

type Lister = (dir: string) => readonly string[];

/** The words of every rule's left side, as the grammar sees them; it follows no include and knows no variable. */
async function createTreeSitter(): Promise<Lister> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-make/tree-sitter-make.wasm')));
  return (dir) => {
    const tree = parser.parse(readFileSync(join(dir, 'Makefile'), 'utf8'));
    const names = (tree?.rootNode.descendantsOfType('targets') ?? [])
      .flatMap((node: Node | null) => node?.children ?? [])
      .flatMap((child: Node | null) => (child?.type === 'word' ? [child.text] : []));
    tree?.delete();
    return [...new Set(names)];
  };
}

/** How long make takes for its own list, in a copy of the corpus that may lack files of the whole project. */
function timeOfMake(dir: string): string {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const start = performance.now();
  spawnSync('make', ['-pRrq', '-f', 'Makefile', 'Makefile'], {
    cwd: dir,
    env,
    timeout: 60_000,
    stdio: 'ignore',
  });
  return (performance.now() - start).toFixed(0).padStart(7);
}

interface Row {
  readonly ours: Score;
  readonly regex: Score;
  readonly grammar: Score;
}

async function quality(): Promise<void> {
  if (!existsSync(corpus)) {
    console.log(`No corpus at ${corpus}: precision and recall are not measured.`);
    return;
  }
  const grammar = await createTreeSitter();
  console.log(
    '                         |           static reader           |    plain regex    |  tree-sitter-make |   make',
  );
  console.log(
    'Makefile                 |   P %  R all R task first best ms |   P %  R all R task|   P %  R all R task|     ms',
  );
  const rows: Row[] = [];
  for (const name of readdirSync(corpus).toSorted()) {
    const dir = join(corpus, name);
    if (existsSync(join(dir, 'ground-truth.tsv'))) rows.push(measure(name, dir, grammar));
  }
  const pooled = (key: keyof Row): string => columns(sum(rows.map((row) => row[key])));
  console.log(
    `${'pooled'.padEnd(24)} | ${pooled('ours')}               | ${pooled('regex')} | ${pooled('grammar')} |`,
  );
}

function measure(name: string, dir: string, grammar: Lister): Row {
  const truth = truthOf(dir);
  const directory = directoryOf(truth);
  const makefile = read(dir, directory);
  const ours = score(
    makefile.targets.map((target) => target.name),
    truth,
  );
  const regex = score(withRegex(dir), truth);
  const row = { ours, regex, grammar: score(grammar(dir), truth) };
  const ms = time(() => read(dir, directory));
  console.log(
    `${name.padEnd(24)} | ${columns(ours)}${ms} | ${columns(regex)} | ${columns(row.grammar)} | ${timeOfMake(dir)}`,
  );
  if (process.env['VERBOSE'] !== undefined) explain(makefile, truth);
  return row;
}

function explain(makefile: Makefile, truth: readonly Truth[]): void {
  const all = new Set(truth.map(({ name }) => name));
  const found = new Set(makefile.targets.map(({ name }) => name));
  const list = (names: readonly string[]): string => names.join(' ') || '–';
  console.log(`    not true: ${list([...found].filter((name) => !all.has(name)))}`);
  console.log(`    missed:   ${list([...all].filter((name) => !found.has(name)))}`);
  console.log(
    `    needs make: ${list(makefile.unresolved.map(({ name, place }) => `${name}:${place.range.start.line + 1}`))}`,
  );
}

function speed(): void {
  console.log('\nMade-up Makefile            lines  targets  first   best ms');
  for (const lines of [100, 500, 5_000, 50_000]) {
    const text = syntheticMakefile(lines);
    const work = (): Makefile =>
      readMakefile({
        entry: '/p/Makefile',
        directory: '/p',
        read: (path) => (path === '/p/Makefile' ? text : undefined),
        list: () => [],
      });
    const targets = String(work().targets.length).padStart(8);
    console.log(`${''.padEnd(24)} ${String(lines).padStart(8)} ${targets} ${time(work, 5)}`);
  }
}

void quality().then(speed);
