// Update: a service and a newer version of its template become a plan, and the plan one change of all files or none.
// Pure but for the ports that it is given; what is merged is in ../merge, what is recorded in ../record.
// To extend: another place for templates is a Shelf; another kind of decision is a case in decide.ts.
export type { Drift, DriftFile } from './drift';
export { driftOf } from './drift';
export { packListing } from './archive';
export type { UpdateItem } from './item';
export { newestVersion } from './newest';
export type { UpdateStart } from './questions';
export { openInputs, startOf } from './questions';
export type { Shelf } from './shelf';
export { archivePath, bundledShelf, createShelf } from './shelf';
export type { UpdatePlan } from './update';
export { applyUpdate, changes, planUpdate, recordOf, recoverUpdate } from './update';
