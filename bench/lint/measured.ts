/** What a command costs: processor time and the most memory of its process and those that it starts. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Cost {
  /** Seconds of processor time, of user and system together. */
  readonly cpu: number;
  /** Seconds from start to exit. */
  readonly wall: number;
  /** Megabytes that were resident at most. */
  readonly memory: number;
  readonly code: number;
}

/** Node tells no process what its children cost; Python does. Everything that is printed is thrown away. */
const script = `
import json, resource, subprocess, sys, time
start = time.monotonic()
try:
    code = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=float(sys.argv[1])).returncode
except subprocess.TimeoutExpired:
    code = -1
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - start, "memory": used.ru_maxrss / 1024, "code": code}))
`;

function isCost(value: unknown): value is Cost {
  return typeof value === 'object' && value !== null && 'cpu' in value && 'memory' in value;
}

/** Runs a command; one that takes more than so many seconds is ended, and its code is -1. */
export async function measured(command: readonly string[], seconds = 600): Promise<Cost> {
  const { stdout } = await run('python3', ['-c', script, String(seconds), ...command]);
  const cost: unknown = JSON.parse(stdout);
  if (!isCost(cost)) throw new Error(`python3 told ${stdout}.`);
  return cost;
}

/** The one in the middle by processor time. */
export function middle(costs: readonly Cost[]): Cost | undefined {
  return costs.toSorted((a, b) => a.cpu - b.cpu)[costs.length >> 1];
}
