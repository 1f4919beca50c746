/** The shape of one command of the command line; each room's `host/cli.ts` exports some, `main/cli.ts` runs them. */
import type { CodeRunner } from './code-runner';
import type { Cache, Inside, World } from './ports';
import type { Web } from './web';

/** 0 clean, 1 findings or a failed deploy, 2 wrong use or configuration, 3 our bug; `run` passes make's own code on. */
export type ExitCode = number;

export interface CliOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly description: string;
  /** How the value is called in the help, as in `--to <environment>`. */
  readonly value?: string;
}

export interface CliInput {
  readonly positionals: readonly string[];
  /** What follows `--`. */
  readonly rest: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
}

/** A terminal that a person types at and reads. Sizes are in characters. */
export interface PersonTerminal {
  size(): { readonly columns: number; readonly rows: number };
  /** From now on each key goes to `listener` as it is typed, Ctrl-C too, and is not shown by itself. Gives how to stop that. */
  listen(listener: (text: string) => void, onResize: () => void): () => void;
}

export interface CliContext extends World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Where the extension's own files (templates) are: the folder that holds `out/`. */
  readonly home: string;
  /** What is fetched is kept here. */
  readonly cache: Cache;
  /** Reads what descriptions refer to. */
  readonly inside: Inside;
  /** The same on the web, where somebody lists that. */
  readonly web: Web;
  /** Runs functions of rule sets, where somebody asks for that. */
  readonly code: CodeRunner;
  readonly isTerminal: boolean;
  /** Where stdin and stdout are a person's terminal. */
  readonly terminal: PersonTerminal | undefined;
  /** Writes to stdout; with `--json` exactly one document goes there. */
  out(text: string): void;
  /** Writes one document in pieces, as fast as they are read. Throws AbortError on cancel. */
  print(pieces: Iterable<string>): Promise<void>;
  /** Writes to stderr: progress, warnings, hints. */
  err(text: string): void;
  /** All of stdin. */
  stdin(): Promise<string>;
  /** Asks at the terminal, unseen where it is hidden; elsewhere the answer is the next line of stdin, empty when there is none. */
  ask(prompt: string, how: { readonly isHidden: boolean }): Promise<string>;
  /** Calls back at each Ctrl-C instead of firing `signal`. */
  onInterrupt(listener: () => void): void;
}

export interface CliCommand {
  /** As typed: `new`, `lint`, `platform`. */
  readonly name: string;
  /** What follows the name: `<template> <dir>`. */
  readonly usage: string;
  readonly summary: string;
  readonly positionals: { readonly min: number; readonly max: number };
  readonly options: Readonly<Record<string, CliOption>>;
  run(input: CliInput, context: CliContext): Promise<ExitCode>;
}
