/** States of the number that the two sides of a worker share. */
export const codeState = { asked: 0, answered: 1, ended: 2 } as const;
