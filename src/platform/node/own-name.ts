/**
 * A part of a name that no other process takes, and that tells whose it is: the process's number and eight random digits, as in
 * `4242-9f86d081`. The web's source of random numbers costs nothing to load, `node:crypto` a twentieth of a short command.
 */
export function ownName(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `${process.pid}-${random.toString(16).padStart(8, '0')}`;
}
