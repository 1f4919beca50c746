/** What the tasks room adds to the manifest: its task type and its problem matchers. */

export const taskType = 'servicewright';

export const taskDefinitions = [
  {
    type: taskType,
    required: ['target'],
    properties: {
      target: { type: 'string', description: 'The target to make.' },
      file: { type: 'string', description: 'The Makefile, relative to the workspace folder; the default one unless said.' },
      args: { type: 'array', items: { type: 'string' }, description: 'More arguments of make.' },
      env: { type: 'object', additionalProperties: { type: 'string' }, description: 'Environment variables.' },
    },
  },
] as const;

export const problemMatchers = [] as const;
