import { readFile, readdir, readlink } from 'node:fs/promises';
import { systemCode } from '../../base/errors';

/** What /proc tells on Linux (proc(5)); on other systems everything here is empty, and callers say less. */

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

const gone = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);

async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (gone.has(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function pids(): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function infoOf(pid: number): Promise<ProcessInfo | undefined> {
  const stat = await orUndefined(readFile(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie holds nothing and can't be ended: only its parent can take it away.
  return state === 'Z' || state === 'X' ? undefined : { pid, parent: Number(parent), group: Number(group) };
}

async function everyProcess(): Promise<readonly ProcessInfo[]> {
  const all = await Promise.all((await pids()).map(infoOf));
  return all.filter((one) => one !== undefined);
}

/** The living processes of a process group. */
export async function groupMembers(group: number): Promise<readonly number[]> {
  return (await everyProcess()).filter((one) => one.group === group).map((one) => one.pid);
}

/** The living processes whose environment holds `NAME=value`, this one left out. */
export async function processesWith(marker: string): Promise<readonly number[]> {
  const found = await Promise.all(
    (await pids()).map(async (pid) => {
      const text = await orUndefined(readFile(`/proc/${pid}/environ`, 'utf8'));
      const marked = text?.split('\0').includes(marker) === true;
      return marked && (await infoOf(pid)) !== undefined ? pid : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined).filter((pid) => pid !== process.pid);
}

/** The TCP ports on which a process, its group and its descendants listen, ascending. */
export async function listeningPorts(leader: number): Promise<readonly number[]> {
  const family = familyOf(leader, await everyProcess());
  const inodes = new Set((await Promise.all(family.map(socketsOf))).flat());
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => orUndefined(readFile(path, 'utf8'))),
  );
  const ports = tables.flatMap((table) => listeners(table ?? '', inodes));
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

function familyOf(leader: number, all: readonly ProcessInfo[]): readonly number[] {
  const family = new Set(all.filter((one) => one.group === leader).map((one) => one.pid));
  family.add(leader);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const one of all) if (family.has(one.parent)) family.add(one.pid);
  }
  return [...family];
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const descriptors = (await orUndefined(readdir(`/proc/${pid}/fd`))) ?? [];
  const links = await Promise.all(descriptors.map((fd) => orUndefined(readlink(`/proc/${pid}/fd/${fd}`))));
  return links.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? []);
}

const listening = '0A';

/** `sl local_address rem_address st … inode`: the address ends in the port in hexadecimal, the tenth column is the inode. */
function listeners(table: string, inodes: ReadonlySet<string>): readonly number[] {
  return table.split('\n').flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const port = columns[1]?.split(':')[1];
    const listens = columns[3] === listening && inodes.has(columns[9] ?? '');
    return listens && port !== undefined ? [Number.parseInt(port, 16)] : [];
  });
}
