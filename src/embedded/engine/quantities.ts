import { noSuchProcess, tooManyProcesses } from '../errors';
import type { Procfile } from '../release/procfile';

/** How many processes of each type run. */
export type Quantities = Readonly<Record<string, number>>;

/** This is one machine, and a slip of the hand must not fill it. */
const most = 20;

/** The quantities of a release: what was set, else one of each type. The release command is no process that stays. */
export function quantitiesOf(processes: Procfile, set: Quantities): Quantities {
  const types = Object.keys(processes).filter((type) => type !== 'release');
  return Object.fromEntries(types.map((type) => [type, set[type] ?? 1]));
}

/** What is set after a change. Throws UserError `embedded/no-such-process` or `embedded/too-many`; nothing is changed then. */
export function scaled(processes: Procfile, set: Quantities, changes: Quantities): Quantities {
  const known = Object.keys(quantitiesOf(processes, set));
  for (const [type, quantity] of Object.entries(changes)) {
    if (!known.includes(type)) throw noSuchProcess(type, known);
    if (!Number.isInteger(quantity) || quantity < 0 || quantity > most) throw tooManyProcesses(type, most);
  }
  return { ...set, ...changes };
}
