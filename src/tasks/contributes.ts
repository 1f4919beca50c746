import type { SourceId } from './task';
import { matchers } from './matchers';

/** What the room adds to the manifest, as data: read by the generator, so nothing here may import `vscode`. */

/**
 * One type for the targets of every tool: no other extension owns this name (`make` is taken), and a tasks.json stays true when a
 * folder's Makefile gives way to another tool. `file` is relative to the workspace folder, so that a definition can be shared.
 */
export const taskType = 'servicewright';

export const taskDefinitions = [
  {
    type: taskType,
    required: ['target'],
    properties: {
      target: { type: 'string', description: 'The target to run, for example `test`.' },
      source: {
        type: 'string',
        enum: ['make', 'just', 'task'] satisfies readonly SourceId[],
        description: 'The tool that runs it; make when it is left out.',
      },
      file: {
        type: 'string',
        description:
          'The Makefile, justfile or Taskfile, relative to the workspace folder. The one of the folder itself when it is left out.',
      },
      args: {
        type: 'array',
        items: { type: 'string' },
        description: 'Further arguments, for example `VERBOSE=1` or `-j4`.',
      },
      env: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'Environment variables for the run.',
      },
    },
  },
] as const;

/** The matchers of every task: what a recipe runs is not known before it runs. */
export const problemMatcherNames: readonly string[] = matchers.map(({ id }) => `$servicewright-${id}`);

/** Tells where below its workspace folder the task runs that is starting. */
export const problemFolderCommand = 'servicewright.tasks.problemFolder';

export const problemMatchers = matchers.map(({ id, title, severity, pattern }) => ({
  name: `servicewright-${id}`,
  label: title,
  owner: `servicewright-${id}`,
  source: title,
  fileLocation: ['autoDetect', `\${cwd}\${command:${problemFolderCommand}}`],
  ...(severity === undefined ? {} : { severity }),
  pattern,
}));
