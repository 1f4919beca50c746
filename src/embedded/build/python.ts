import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFailed } from '../errors';
import { explain } from '../release/explain';
import type { BuildOptions, Building, Built } from './builder';
import { findProgram, makeOnce, runStep, stamp } from './builder';
import type { Interpreter } from './interpreter';
import { findPython } from './interpreter';
import type { Requirements } from './requirements';
import { readRequirements } from './requirements';

/** Makes, or finds, the virtual environment of a Python service. Undefined where the tree has no Python packages. Throws UserError `embedded/no-python` or `embedded/build-failed`. */
export async function buildPython(options: BuildOptions, building: Building): Promise<Built | undefined> {
  const requirements = await readRequirements(options.slugDir, options.slugId);
  if (!requirements) return undefined;
  const python = await findPython(options.env);
  const key = keyOf(requirements, python);
  const venv = join(options.venvs, key);
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
  const done = await makeOnce(building, key, {
    isThere: () => existsSync(join(venv, stamp)),
    waiting: () => options.say('Waiting for another deploy that makes the same virtual environment'),
    make: () => create({ options, requirements, python, venv, bin }),
  });
  if (done === 'there')
    options.say(`Packages of ${requirements.file} are installed already (Python ${python.version})`);
  return { bin, uses: [key] };
}

function keyOf(requirements: Requirements, python: Interpreter): string {
  const parts = [requirements.fingerprint, python.version, python.path, process.platform, process.arch];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 20);
}

interface Plan {
  readonly options: BuildOptions;
  readonly requirements: Requirements;
  readonly python: Interpreter;
  readonly venv: string;
  readonly bin: string;
}

/** A virtual environment holds its own absolute path (PEP 405), so it is made in place and stamped at the end. */
async function create(plan: Plan): Promise<void> {
  const { options, requirements, python, venv } = plan;
  const uv = findProgram('uv', options.env);
  options.say(
    `Installing ${requirements.file} with ${uv === undefined ? 'pip' : 'uv'}, Python ${python.version}`,
  );
  try {
    await rm(venv, { recursive: true, force: true });
    await mkdir(options.venvs, { recursive: true, mode: 0o700 });
    if (uv === undefined) await createWithPip(plan);
    else await createWithUv(plan, uv);
    await writeFile(join(venv, stamp), '');
  } catch (error) {
    await rm(venv, { recursive: true, force: true });
    throw error;
  }
}

function whatToInstall({ requirements }: Plan): readonly string[] {
  if (requirements.kind === 'project') return ['.'];
  // With hashes every package has to be named (pip, "hash-checking mode"), so there is nothing to resolve.
  return [...(requirements.hashes ? ['--require-hashes', '--no-deps'] : []), '-r', requirements.file];
}

async function createWithUv(plan: Plan, uv: string): Promise<void> {
  await step(plan, uv, ['venv', '--quiet', '--python', plan.python.path, plan.venv]);
  await step(plan, uv, [
    'pip',
    'install',
    '--python',
    plan.venv,
    '--compile-bytecode',
    ...whatToInstall(plan),
  ]);
}

async function createWithPip(plan: Plan): Promise<void> {
  const { python, venv, bin } = plan;
  const inside = join(bin, process.platform === 'win32' ? 'python.exe' : 'python');
  // Python compiles a module when it is first imported, and a service imports a third of what is installed: not compiling all of it
  // saves seconds.
  const install = [
    '-m',
    'pip',
    'install',
    '--no-input',
    '--disable-pip-version-check',
    '--progress-bar=off',
    '--no-compile',
  ];
  // Copying pip into the environment takes longer than all the rest of a small build; the one outside can install into it (pip >= 22.3).
  if (await canInstallInto(plan)) {
    await step(plan, python.path, ['-m', 'venv', '--without-pip', venv]);
    const [module = '', pip = '', ...rest] = install;
    await step(plan, python.path, [module, pip, '--python', inside, ...rest, ...whatToInstall(plan)]);
  } else {
    await step(plan, python.path, ['-m', 'venv', venv]);
    await step(plan, inside, [...install, ...whatToInstall(plan)]);
  }
}

async function canInstallInto({ python, options }: Plan): Promise<boolean> {
  const question = { file: python.path, args: ['-m', 'pip', '--version'] };
  const { code, lines } = await runStep(options, question, () => undefined);
  const [, major, minor] = /^pip (\d+)\.(\d+)/.exec(lines.join('\n')) ?? [];
  return code === 0 && Number(major) * 100 + Number(minor) >= 2203;
}

async function step(plan: Plan, file: string, args: readonly string[]): Promise<void> {
  const { code, lines } = await runStep(plan.options, { file, args });
  if (code !== 0) throw buildFailed(plan.requirements.file, explain(lines));
}
