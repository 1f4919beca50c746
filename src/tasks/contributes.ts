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
      file: {
        type: 'string',
        description:
          'The Makefile, relative to the workspace folder. The Makefile of the folder itself when it is left out.',
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

export const problemMatcher = '$servicewright-make';

/** make's own complaints: `make: *** [Makefile:12: test] Error 2` and `Makefile:12: *** missing separator.  Stop.` */
export const problemMatchers = [
  {
    name: 'servicewright-make',
    label: 'make',
    owner: 'servicewright-make',
    source: 'make',
    fileLocation: 'autoDetect',
    pattern: {
      regexp:
        '^(?=.*\\*\\*\\* )(?:\\S*make(?:\\[\\d+\\])?: \\*\\*\\* \\[)?([^\\s:\\[]+):(\\d+): (?:\\*\\*\\* )?(.*?)(?:\\]\\s+(Error \\d+|\\w[\\w ]*))?$',
      file: 1,
      line: 2,
      message: 3,
    },
  },
] as const;
