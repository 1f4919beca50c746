import { isAbort, messageOf } from '../base/errors';
import { isObject, stringAt } from '../base/json';
import type { Processes } from '../base/ports';
import type { SpecChecks, SpecError, SpecVerdict } from '../deploy';

const longestMs = 30_000;
const mostOutput = 20_000_000;

/**
 * Checks a description with the command line of ours, in a process of its own: the same rules and settings as in CI, and nothing of them
 * is loaded where deploying is. `home` is the folder that holds `out/`.
 */
export function createSpecChecks(
  processes: Processes,
  { execPath, home }: { readonly execPath: string; readonly home: string },
): SpecChecks {
  return {
    async check(path, signal) {
      const args = [`${home}/out/cli.js`, 'lint', '--format', 'json', '--fail-on', 'error', path];
      const env = { ELECTRON_RUN_AS_NODE: '1' };
      const within = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
      try {
        const line = { file: execPath, args, env, mostOutput };
        const { exitCode, stdout, stderr } = await processes.run(line, within);
        if (exitCode > 1) return { kind: 'unchecked', why: firstLine(stderr) };
        return readVerdict(stdout);
      } catch (error) {
        if (signal.aborted) throw error;
        return { kind: 'unchecked', why: isAbort(error) ? 'it took too long.' : messageOf(error) };
      }
    },
  };
}

const firstLine = (text: string): string =>
  (text.trim().split('\n')[0] ?? '').replace(/^error: /, '') || 'the check ended without a word.';

/** The door for what `lint --format json` prints. */
export function readVerdict(stdout: string): SpecVerdict {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch (error) {
    return { kind: 'unchecked', why: messageOf(error) };
  }
  const files = isObject(value) && Array.isArray(value['files']) ? value['files'] : [];
  const errors = files.flatMap((file: unknown): readonly SpecError[] => {
    const findings = isObject(file) && Array.isArray(file['findings']) ? file['findings'] : [];
    return findings.map(readError).filter((one) => one !== undefined);
  });
  return { kind: 'checked', errors };
}

function readError(value: unknown): SpecError | undefined {
  if (!isObject(value) || value['severity'] !== 'error') return undefined;
  const range = value['range'];
  const start = isObject(range) ? range['start'] : undefined;
  const line = isObject(start) && typeof start['line'] === 'number' ? start['line'] : 0;
  return { rule: stringAt(value, 'rule') ?? '', message: stringAt(value, 'message') ?? '', line };
}
