// Embedded: the platform of this machine. A process of its own that builds, runs and keeps services, each with its own database.
// May use base, Node and `ignore`. Other rooms speak to it over HTTP (api); this door only finds, starts and stops it.
// To extend: a new language is a builder beside build/python.ts, a new call of the API a line in a file of api/.
export type { AccessOptions, EngineAccess, EngineAddress } from './access';
export { createEngineAccess } from './access';
