// Tasks: what can be run in a folder (targets of a Makefile), listed without running anything, and the command lines that run it.
// May use base and the ports; the sources read text through Files and never start a program.
// To extend: a new tool is one file or folder in sources/, added to sources/index.ts; test/contract/task-source.test.ts runs on it.
export { problemMatchers, taskDefinitions, taskType } from './contributes';
export type { Parameter, Task, TaskGroup, TaskList, Unresolved } from './task';
export { groupOf } from './task';
export { sources } from './sources';
export type { SourceWorld, TaskRun, TaskSource } from './sources/source';
