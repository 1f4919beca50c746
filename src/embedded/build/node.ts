import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, stringMap } from '../../base/json';
import { systemCode } from '../../base/errors';
import { nodeFiles } from '../../platform/node/files';
import { brokenPackageJson, buildFailed, noNode, scriptFailed } from '../errors';
import { explain } from '../release/explain';
import type { BuildOptions, Building, Built } from './builder';
import { findProgram, makeOnce, runStep, stamp } from './builder';

/** What package.json says that matters for a build. */
interface Package {
  readonly text: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly hasPackages: boolean;
  /** Packages that are folders of the tree: they can't be installed elsewhere. */
  readonly isLocal: boolean;
}

/** A lock file, and the program that installs exactly what it says. */
interface Manager {
  readonly lock: string | undefined;
  readonly program: string;
  readonly args: readonly string[];
}

const managers: readonly Manager[] = [
  { lock: 'package-lock.json', program: 'npm', args: ['ci', '--no-audit', '--no-fund'] },
  { lock: 'npm-shrinkwrap.json', program: 'npm', args: ['ci', '--no-audit', '--no-fund'] },
  { lock: 'pnpm-lock.yaml', program: 'pnpm', args: ['install', '--frozen-lockfile'] },
  { lock: 'yarn.lock', program: 'yarn', args: ['install', '--frozen-lockfile'] },
];
const withoutLock: Manager = {
  lock: undefined,
  program: 'npm',
  args: ['install', '--no-audit', '--no-fund'],
};

/**
 * Installs the packages of a Node service, once for each state of package.json and its lock file, and runs its `heroku-postbuild` or
 * `build` script. Undefined where the tree has no package.json. Throws UserError `embedded/no-node`, `embedded/broken-package-json` or
 * `embedded/build-failed`.
 */
export async function buildNode(options: BuildOptions, building: Building): Promise<Built | undefined> {
  const found = await readPackage(options.slugDir);
  if (!found) return undefined;
  const node = findProgram('node', options.env);
  if (node === undefined) throw noNode('node');
  const key = found.hasPackages ? await install(options, building, found) : undefined;
  await runBuildScript(options, found);
  return {
    ...(key === undefined ? {} : { bin: join(options.slugDir, 'node_modules', '.bin') }),
    uses: key === undefined ? [] : [key],
  };
}

/** Whether the tree says by itself how it starts. */
export async function nodeStart(dir: string): Promise<string | undefined> {
  return (await readPackage(dir))?.scripts['start'] === undefined ? undefined : 'npm start';
}

async function readPackage(dir: string): Promise<Package | undefined> {
  const text = await nodeFiles.readText(join(dir, 'package.json'));
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw brokenPackageJson(error instanceof Error ? error.message : 'it is no JSON');
  }
  if (!isObject(value)) throw brokenPackageJson('it must be an object');
  const lists = ['dependencies', 'devDependencies', 'optionalDependencies'].map((key) =>
    stringMap(value[key]),
  );
  const versions = lists.flatMap((list) => Object.values(list));
  return {
    text,
    scripts: stringMap(value['scripts']),
    hasPackages: versions.length > 0 || value['workspaces'] !== undefined,
    isLocal: value['workspaces'] !== undefined || versions.some((one) => /^(file:|link:|\.|\/)/.test(one)),
  };
}

async function install(options: BuildOptions, building: Building, found: Package): Promise<string> {
  const { slugDir, say } = options;
  const manager =
    managers.find(({ lock }) => lock !== undefined && existsSync(join(slugDir, lock))) ?? withoutLock;
  const program = findProgram(manager.program, options.env);
  if (program === undefined) throw noNode(manager.program);
  const lock =
    manager.lock === undefined ? '' : ((await nodeFiles.readText(join(slugDir, manager.lock))) ?? '');
  const parts = [
    found.text,
    lock,
    found.isLocal ? options.slugId : '',
    process.version,
    process.platform,
    process.arch,
  ];
  const key = `node-${createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 20)}`;
  const dir = found.isLocal ? slugDir : join(options.venvs, key);
  const what = manager.lock ?? 'package.json';
  const done = await makeOnce(building, key, {
    isThere: () => existsSync(join(dir, 'node_modules', stamp)),
    waiting: () => say('Waiting for another deploy that installs the same packages'),
    async make() {
      say(`Installing ${what} with ${manager.program}`);
      await makePackages(options, { dir, program, manager, isLocal: found.isLocal });
    },
  });
  if (done === 'there') say(`Packages of ${what} are installed already`);
  if (!found.isLocal) await link(join(dir, 'node_modules'), join(slugDir, 'node_modules'));
  return key;
}

interface Making {
  readonly dir: string;
  readonly program: string;
  readonly manager: Manager;
  readonly isLocal: boolean;
}

async function makePackages(
  options: BuildOptions,
  { dir, program, manager, isLocal }: Making,
): Promise<void> {
  const modules = join(dir, 'node_modules');
  try {
    if (!isLocal) {
      await rm(dir, { recursive: true, force: true });
      await mkdir(dir, { recursive: true, mode: 0o700 });
      for (const name of ['package.json', manager.lock, '.npmrc'])
        if (name !== undefined) await copyIfThere(join(options.slugDir, name), join(dir, name));
    }
    const { code, lines } = await runStep(options, {
      file: program,
      args: manager.args,
      cwd: dir,
      env: { CI: '1' },
    });
    if (code !== 0) throw buildFailed(manager.lock ?? 'package.json', explain(lines));
    await mkdir(modules, { recursive: true });
    await writeFile(join(modules, stamp), '');
  } catch (error) {
    await rm(isLocal ? modules : dir, { recursive: true, force: true });
    throw error;
  }
}

const builtMark = '.servicewright-built';

async function runBuildScript(options: BuildOptions, { scripts }: Package): Promise<void> {
  const script = ['heroku-postbuild', 'build'].find((name) => scripts[name] !== undefined);
  const mark = join(options.slugDir, builtMark);
  if (script === undefined || existsSync(mark)) return;
  const npm = findProgram('npm', options.env);
  if (npm === undefined) throw noNode('npm');
  options.say(`Running npm run ${script}`);
  const { code, lines } = await runStep(options, { file: npm, args: ['run', script], env: { CI: '1' } });
  if (code !== 0) throw scriptFailed(script, explain(lines));
  await writeFile(mark, '');
}

async function link(target: string, path: string): Promise<void> {
  try {
    await symlink(target, path, 'junction');
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await copyFile(from, to);
}
