// Services: what a folder's servicewright.yaml says, and which folders of a workspace are services.
// May use base and the Files port; manifest.ts is its one door to yaml.
// To extend: a new field of servicewright.yaml is read in manifest.ts and described in schema/.
export type { Environment } from './environment';
export type { ServiceManifest } from './manifest';
export { parseManifest } from './manifest';
export { manifestName } from './name';
export { readProcfileLines } from './procfile';
export type { Service } from './service';
export { loadService } from './service';
