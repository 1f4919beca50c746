// Tasks: every target of a Makefile as a task, found by reading and never by running anything.
// May use base and its ports. Hosts: vscode.ts (task provider, tree, code lens), cli.ts.
// To extend: a tool is a source in sources/ that fulfils sources/source.ts, one line in sources/all.ts.
export { sources as taskSources } from './sources';
export type { TaskSource } from './sources/source';
export type { Task, TaskList } from './task';
