import { spawn } from 'node:child_process';
import { systemCode } from '../../base/errors';
import { groupMembers } from './proc';

/** Ends every process of the group of `pid`; a group that is gone already is fine. */
export async function endGroup(pid: number, graceMs: number, signal: NodeJS.Signals): Promise<void> {
  if (!signalGroup(pid, signal)) return;
  if (await isGroupGone(pid, graceMs)) return;
  signalGroup(pid, 'SIGKILL');
  await isGroupGone(pid, 5000);
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    if (process.platform === 'win32') {
      if (signal === 0) process.kill(pid, 0);
      else spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
    } else process.kill(-pid, signal);
    return true;
  } catch (error) {
    // macOS says EPERM for a group of which only zombies are left.
    if (systemCode(error) === 'ESRCH' || systemCode(error) === 'EPERM') return false;
    throw error;
  }
}

async function isGroupGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 100)) {
    if (!signalGroup(pid, 0)) return true;
    if (process.platform === 'linux' && (await groupMembers(pid)).length === 0) return true;
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
