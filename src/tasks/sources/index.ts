import { justSource } from './just';
import { makeSource } from './make';
import type { TaskSource } from './source';
import { taskSource } from './task';

/** Every source; where a folder has files of several, the first one's stand first. */
export const sources: readonly TaskSource[] = [makeSource, justSource, taskSource];
