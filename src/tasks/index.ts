// Tasks: what can be run in a folder (targets of a Makefile), listed without running anything, and the command lines that run it.
// May use base and its ports; sources read text through Files and never start a program. Hosts: vscode.ts (provider, tree, lens), cli.ts.
// To extend: a tool is a source in sources/ that fulfils sources/source.ts, added to sources/index.ts; test/contract/task-source.test.ts runs on it.
export { sources as taskSources } from './sources';
export type { TaskSource } from './sources/source';
export type { Task, TaskList } from './task';
