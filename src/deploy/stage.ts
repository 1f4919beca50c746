/**
 * The stages of a deploy, in their order; a platform that lacks one leaves it out. Until the new release takes the traffic the one
 * before keeps serving.
 */
export const stages = [
  'preflight',
  'snapshot',
  'build',
  'push',
  'upload',
  'pull',
  'create',
  'database',
  'release',
  'boot',
  'health',
  'switch',
  'drain',
] as const;

export type Stage = (typeof stages)[number];

/** What a stage does, for people: `Building`. */
export const stageTitles: Readonly<Record<Stage, string>> = {
  preflight: 'Checking',
  snapshot: 'Copying the tree',
  build: 'Building',
  push: 'Pushing the image',
  upload: 'Uploading',
  pull: 'Waiting for the platform to pull the image',
  create: 'Creating the release',
  database: 'Preparing the database',
  release: 'Running the release command',
  boot: 'Starting',
  health: 'Waiting until it answers',
  switch: 'Switching traffic',
  drain: 'Draining the release before',
};

export function isStage(value: unknown): value is Stage {
  return stages.some((stage) => stage === value);
}
