// Deploy: one state machine and one provider interface for every platform; what is not known is called unknown, never failed.
// May use base, its ports and the services room's door.
// To extend: a platform is a file or a folder in providers/ that fulfils provider.ts and passes test/contract/provider.test.ts.
export type { Accounts, Place } from './account';
export type { DeployError, DeployEvent } from './event';
export type { DeployRequest, Provider, ProviderCaps, Target, TargetStatus } from './provider';
export type { Records } from './records';
export type { SpecChecks, SpecError, SpecVerdict } from './preflight/checks';
export { createRecords } from './records';
export type { Release } from './release';
export type { DeployResult, Progress } from './run';
export { runDeploy } from './run';
export type { EngineAccess } from './providers/embedded';
export { createEmbeddedProvider } from './providers/embedded';
export { createEmpireProvider } from './providers/empire';
export { createKubernetesProvider } from './providers/kubernetes';
export { createHerokuProvider } from './providers/heroku';
export { createProviders } from './providers/all';
