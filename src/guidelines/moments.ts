/** Names of points in time, and of codes that ISO gives out. */
import type { TreeNode } from './tree';
import { wordsOf } from './words';

const done: ReadonlySet<string> = new Set(
  'accepted activated added approved archived assigned cancelled canceled closed completed confirmed created deleted delivered ended expired expires finished joined last locked merged modified opened paid published pushed received recorded removed requested resolved revoked scheduled sent shipped signed started submitted suspended updated uploaded used valid verified'.split(
    ' ',
  ),
);
const doing: ReadonlySet<string> = new Set(
  'create created update updated delete deleted start started end ended expire expiration expiry publish modify modified modification creation completion access last due arrival departure issue event'.split(
    ' ',
  ),
);

/** `created_at`, `birthDate`, `update_time`, `lastModified`: a name under which a day or an instant is expected. */
export function isMoment(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (last === 'at') return done.has(before);
  if (last === 'date' || last === 'datetime') return true;
  if (last === 'timestamp') return true;
  return last === 'time' && doing.has(before);
}

/** Whether a schema says more of its strings than that they are some. */
export function saysForm(schema: TreeNode): boolean {
  return ['format', 'pattern', 'enum', 'const', 'maxLength'].some((key) => schema.has(key));
}

/** Whether a code is told by its form, or by the name of its standard in the text. */
export function namesStandard(schema: TreeNode, standard: RegExp): boolean {
  return (
    saysForm(schema) ||
    standard.test(schema.stringAt('description') ?? '') ||
    standard.test(schema.stringAt('title') ?? '')
  );
}
