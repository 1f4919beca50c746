import { badSize } from '../../errors/empire';

const named = new Set(['1X', '2X', 'PX']);
const leastCpu = 2;
const mostCpu = 1024;

/**
 * The size to send. It is a name, or shares of a CPU and memory as in `512:1GB`, perhaps with `:nproc=256` (constraints.go,
 * pkg/constraints/constraints.go). The server takes an empty one for no memory at all, and memory without a unit for bytes.
 * Throws UserError `deploy/bad-size`.
 */
export function checkSize(type: string, said: string): string {
  const size = said.trim();
  if (named.has(size.toUpperCase())) return size.toUpperCase();
  const [, cpu, memory] = /^(\d+):(\d+(?:\.\d+)?)(?:[kmgt]b|[KMGT]B)(?::nproc=\d+)?$/.exec(size) ?? [];
  const isSound = Number(cpu) >= leastCpu && Number(cpu) <= mostCpu && Number(memory) > 0;
  if (!isSound) throw badSize(type, said);
  return size;
}
