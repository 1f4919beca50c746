/**
 * The stages of a deploy, in their order; a platform that lacks one leaves it out. Until `switch` is done the release before keeps
 * serving.
 */
export const stages = [
  'snapshot',
  'build',
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
  snapshot: 'Copying the tree',
  build: 'Building',
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
