import { makeSource } from './make';
import type { TaskSource } from './source';

/** Every source, the one that wins a folder first. */
export const sources: readonly TaskSource[] = [makeSource];
