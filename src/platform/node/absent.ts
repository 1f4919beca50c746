import { systemCode } from '../../base/errors';

const codes = new Set(['ENOENT', 'ENOTDIR']);

/** Whether the system says that there is nothing under a path. */
export const isAbsent = (error: unknown): boolean => codes.has(systemCode(error) ?? '');

/** What is not there is undefined. */
export async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
