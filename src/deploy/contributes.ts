/** What the room adds to the manifest, as data: read by the generator, so nothing here may import `vscode`. */

export const deployTaskType = 'servicewright-deploy';

/** What a deploy task may do. */
export const deployActions = ['deploy', 'check'] as const;
export type DeployAction = (typeof deployActions)[number];

export const deployTaskDefinition = {
  type: deployTaskType,
  required: ['environment'],
  properties: {
    environment: {
      type: 'string',
      description: 'The environment of servicewright.yaml to deploy to, for example `staging`.',
    },
    service: {
      type: 'string',
      description:
        'The folder of the service, relative to the workspace folder. The workspace folder itself when it is left out.',
    },
    action: {
      type: 'string',
      enum: deployActions,
      description:
        '`deploy`, when it is left out; `check` only tells what a deploy would meet, and fails where something may not be meant.',
    },
    image: {
      type: 'string',
      description:
        'The image to run, for platforms that run images; the one of the last commit when it is left out.',
    },
    message: { type: 'string', description: 'What the release says of itself.' },
  },
} as const;
