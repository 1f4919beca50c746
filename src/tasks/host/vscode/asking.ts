/** Asking a tool itself for its targets. */
import * as vscode from 'vscode';
import { UserError, isAbort, messageOf, systemCode } from '../../../base/errors';
import { signalOf } from '../../../platform/vscode/ui';
import { listingTooLong, listingTooSlow, noAnswer, notOnDisk, programMissing, untrusted } from '../../errors';
import type { TaskList } from '../../task';
import type { TasksHost } from '../vscode';
import type { Entry } from './entries';
import type { FoundList, Targets } from './targets';

const mostSeconds = 30;
const mostMegabytes = 64;
const quietSeconds = 5;

/** A tool that runs nothing to tell its list is asked at once where it may be; without an answer the list stays what was read. */
export async function askQuietly(host: TasksHost, entry: Entry, list: TaskList): Promise<TaskList> {
  const { asking } = entry.source;
  const mayAsk = !asking.runsCode && vscode.workspace.isTrusted && entry.uri.scheme === 'file';
  const program = mayAsk ? await programOf(host, entry) : undefined;
  if (!program) return list;
  try {
    const said = await host.world.processes.run(
      { ...asking.commandLine(list, program), mostOutput: mostMegabytes * 1_000_000 },
      AbortSignal.timeout(quietSeconds * 1000),
    );
    return asking.merge(list, said) ?? list;
  } catch (error) {
    host.world.log.warn(`${entry.source.title} gave no list of ${entry.uri.path}: ${messageOf(error)}`);
    return list;
  }
}

/** The program of the settings; undefined when it is not there. */
async function programOf(
  { settings, world }: TasksHost,
  { source, folder }: Entry,
): Promise<readonly string[] | undefined> {
  const program = settings.get(source.setting, folder.uri.fsPath);
  const [file = ''] = program;
  return file.includes('/') || (await world.processes.find(file)) !== undefined ? program : undefined;
}

/** Asks after saying what that does. Runs only when a person wants it, in a trusted workspace. */
export async function askTool(host: TasksHost, targets: Targets, found: FoundList): Promise<void> {
  const { source, uri } = found.entry;
  if (!vscode.workspace.isTrusted) throw untrusted();
  const name = vscode.workspace.asRelativePath(uri);
  if (uri.scheme !== 'file') throw notOnDisk(name);
  const go = `Run ${source.title}`;
  const detail = `${source.title} reads ${name} to the end for that, and runs the commands that it holds for its variables and names ($(shell …), != and their like); where the file has a rule to remake itself, lines of that may run too. No other target is run. After ${mostSeconds} s it is ended.`;
  const message = `List every target with ${source.title}? This runs code.`;
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, go)) !== go) return;
  const list = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: `${source.title} lists its targets…`,
      cancellable: true,
    },
    (_progress, token) => answerOf(host, found, signalOf(token)),
  );
  targets.replace(found, list);
}

async function answerOf(host: TasksHost, { entry, list }: FoundList, cancel: AbortSignal): Promise<TaskList> {
  const { asking } = entry.source;
  const program = host.settings.get(entry.source.setting, entry.folder.uri.fsPath);
  const [file = ''] = program;
  const line = { ...asking.commandLine(list, program), mostOutput: mostMegabytes * 1_000_000 };
  const limit = AbortSignal.timeout(mostSeconds * 1000);
  try {
    const said = await host.world.processes.run(line, AbortSignal.any([cancel, limit]));
    const merged = asking.merge(list, said);
    if (!merged) throw noAnswer(file, entry.uri.path, said.stderr.split('\n').slice(-20));
    return merged;
  } catch (error) {
    throw explained(error, {
      file,
      isLate: limit.aborted && !isAbort(error),
      platform: host.machine.platform,
    });
  }
}

interface Circumstances {
  readonly file: string;
  readonly isLate: boolean;
  readonly platform: string;
}

function explained(error: unknown, { file, isLate, platform }: Circumstances): unknown {
  if (error instanceof UserError) return error;
  if (isLate) return listingTooSlow(file, mostSeconds);
  if (error instanceof RangeError) return listingTooLong(file, mostMegabytes);
  return systemCode(error) === 'ENOENT' ? programMissing(file, platform) : error;
}
