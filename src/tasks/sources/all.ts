import { makeSource } from './make';
import type { TaskSource } from './source';

/** Every tool whose tasks are listed. */
export const taskSources: readonly TaskSource[] = [makeSource];
