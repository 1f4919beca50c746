import type { Processes } from '../base/ports';
import { isAbort, systemCode } from '../base/errors';
import type { Constraint } from './template';
import { isWithin } from './version';

/**
 * Programs that can be asked for their version, and how. Only these are ever started for a constraint: with these arguments they print a
 * line and do nothing else, whoever wrote the template.
 */
const versionArguments: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'python3 python pip uv poetry docker podman make git node npm pnpm yarn psql ruby cargo rustc helm'
      .split(' ')
      .map((tool) => [tool, ['--version']]),
  ),
  go: ['version'],
};

/** Whether the version of a program can be asked. */
export const hasVersion = (tool: string): boolean => Object.hasOwn(versionArguments, tool);

/** How a constraint stands on this machine. */
export interface ToolState {
  readonly constraint: Constraint;
  /** `unknown`: it is there but did not say its version. */
  readonly state: 'met' | 'missing' | 'wrong-version' | 'unknown';
  /** One sentence for people. */
  readonly message: string;
}

const patience = 5000;

/** Looks for the programs that a template's service needs. Throws only AbortError. */
export async function checkTools(
  constraints: readonly Constraint[],
  { processes, signal }: { readonly processes: Processes; readonly signal: AbortSignal },
): Promise<readonly ToolState[]> {
  return Promise.all(constraints.map((constraint) => checkTool(constraint, processes, signal)));
}

async function checkTool(
  constraint: Constraint,
  processes: Processes,
  signal: AbortSignal,
): Promise<ToolState> {
  const { tool, version, why } = constraint;
  const wanted = version === undefined ? tool : `${tool} ${version}`;
  const told = (state: ToolState['state'], found: string): ToolState => ({
    constraint,
    state,
    message: `${wanted} ${why}; ${found}.`,
  });
  const path = await processes.find(tool);
  if (path === undefined) return told('missing', 'it is not on the PATH');
  if (version === undefined) return told('met', 'it is there');
  const found = await versionOf(tool, path, { processes, signal });
  if (found === undefined) return told('unknown', 'it is there, but did not say its version');
  return isWithin(found, version)
    ? told('met', `${found} is there`)
    : told('wrong-version', `${found} is there`);
}

async function versionOf(
  tool: string,
  path: string,
  { processes, signal }: { readonly processes: Processes; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const args = Object.hasOwn(versionArguments, tool) ? versionArguments[tool] : undefined;
  if (!args) return undefined;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  try {
    const { stdout, stderr } = await processes.run({ file: path, args }, limit);
    return /\d+(?:\.\d+)+/.exec(stdout + stderr)?.[0];
  } catch (error) {
    signal.throwIfAborted();
    if (isAbort(error) || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
