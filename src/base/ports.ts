/**
 * The ports: every side effect of the capabilities goes through one of these. `platform/node` and `platform/vscode`
 * implement them; tests use in-memory ones. Paths are absolute and use `/`.
 */
import type { Log } from './log';

export type FileKind = 'file' | 'directory' | 'symlink' | 'other';

export interface Entry {
  readonly name: string;
  readonly kind: FileKind;
}

/** Reading. Absence is an answer (`undefined`, an empty list), not an error. */
export interface Files {
  readText(path: string): Promise<string | undefined>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  list(dir: string): Promise<readonly Entry[]>;
  /** What stands at `path`, not following a symbolic link. */
  kind(path: string): Promise<FileKind | undefined>;
  isExecutable(path: string): Promise<boolean>;
}

/** Why a text can't be had, as the end of a sentence that starts with its name. */
export interface Fault {
  readonly fault: string;
}

/** Reading what texts of a folder refer to: never anything outside, whatever links there are. */
export interface Inside {
  /**
   * The text of a file; undefined when there is none. A fault for a link that leads out of the folder, for what is no regular file, and
   * for what is too large. Throws the system's error (`EACCES`, …).
   */
  read(path: string, folder: string): Promise<string | undefined | Fault>;
  /** The name of a file that no link leads to; undefined when there is none. */
  real(path: string): Promise<string | undefined>;
}

export interface NewFile {
  /** Relative to the tree's root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** What stands in the way of a new tree: the system's code (`EACCES`, `EROFS`, `ENOTDIR`, `ENOTEMPTY`, …) and the path that it is about. */
export interface Obstacle {
  readonly code: string;
  readonly path: string;
}

/** A file of an existing folder that shall hold something else, come or go. */
export interface FileEdit {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The bytes that whoever decided this saw there; undefined where nothing stood. */
  readonly seen: Uint8Array | undefined;
  /** What shall stand there; undefined takes the file away. */
  readonly next: { readonly bytes: Uint8Array; readonly executable: boolean } | undefined;
}

/** How a change that was killed was ended. */
export interface Recovered {
  /** It had been decided and is complete now, or it had not and nothing of it is left. */
  readonly outcome: 'finished' | 'discarded';
  /** Files that somebody changed since then; they were left as they are. */
  readonly kept: readonly string[];
}

/** Writing whole trees: all of it or nothing. */
export interface Trees {
  /** What `create(dir)` would fail with, as far as that can be told without writing; undefined when nothing stands in its way. */
  obstacle(dir: string): Promise<Obstacle | undefined>;
  /**
   * Makes the directory `dir` with `files` in it: written beside its place first, then renamed into it, so that a crash or a cancel
   * leaves either nothing or everything. `dir` must be absent or empty.
   * `finish` runs on the written tree before it is renamed (git init, for one).
   * Throws the system's own error (`EEXIST`, `EACCES`, `ENOSPC`, …) after removing what it wrote.
   */
  create(
    dir: string,
    files: readonly NewFile[],
    options: { readonly signal: AbortSignal; readonly finish?: (staging: string) => Promise<void> },
  ): Promise<void>;
  /**
   * Changes files of the existing folder `dir`, all of them or none: new contents and a list are written beside them first, then a
   * mark, then they are renamed into place. Before the mark a crash or a cancel leaves the folder as it was; after it, `recover`
   * completes the change. What a killed change left is ended first. Modes stay, but for the exec bit.
   * Gives the paths that were left alone because somebody changed them in that very moment; usually none.
   * Throws, with nothing written, errors that have a `code` and a `path`: `ECHANGED` (a file is not as it was seen), `ELOOP` (a
   * symbolic link on the way), `EISDIR` (a folder stands there), `ENOTDIR` (a file stands where a folder is needed), `EBUSY` (another process changes this folder), `EINVAL` (a path
   * outside the folder or in its .git), `EXDEV` (a part of the folder is another disk); else the system's own (`EACCES`, `ENOSPC`, …).
   */
  change(
    dir: string,
    edits: readonly FileEdit[],
    options: { readonly signal: AbortSignal },
  ): Promise<readonly string[]>;
  /**
   * Ends what a killed `change` left in `dir`; undefined when there was nothing. Whoever opens a service to change it calls this first.
   * Throws as `change` does.
   */
  recover(dir: string): Promise<Recovered | undefined>;
}

/**
 * What can be had again, kept on this machine. Names are words of letters, digits, dots and hyphens. Absence is an answer (`undefined`);
 * what is there is whole.
 */
export interface Cache {
  /** The folder of an entry. */
  find(name: string): Promise<string | undefined>;
  /**
   * Makes an entry and gives its folder. `fill` writes into a fresh folder and gives the part of it that is to be kept, which is then
   * renamed into place; the rest is thrown away, and all of it when `fill` throws. An entry that another process made meanwhile stays.
   */
  make(name: string, fill: (work: string) => Promise<string>): Promise<string>;
  /** A small text that was kept under a name. */
  note(name: string): Promise<string | undefined>;
  /** Keeps a small text, in place of the one before. */
  setNote(name: string, text: string): Promise<void>;
}

/** Texts that grow by lines, kept for this user alone. Names are letters, digits, dots, hyphens and underscores. */
export interface Journals {
  list(): Promise<readonly string[]>;
  /** Undefined where there is none of that name. */
  read(name: string): Promise<string | undefined>;
  /** Adds a line, which must hold no line end; makes the text where there is none. Throws the system's error (`ENOSPC`, `EACCES`, …). */
  append(name: string, line: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A program to run, as data: nothing is quoted and no shell sees it. */
export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to its standard input, which is then closed: the way for what must not stand among the arguments. */
  readonly input?: string;
  /** Characters that it may print: when it prints more, `run` ends it and all that it started, and throws a RangeError. */
  readonly mostOutput?: number;
}

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Processes {
  /** Runs to the end and gives what it printed. Throws the system's error (`ENOENT`) when it can't be started, AbortError on cancel. */
  run(line: CommandLine, signal: AbortSignal): Promise<Finished>;
  /** Runs with the terminal of this process; gives the exit code (128 + signal number when a signal ended it). */
  runInteractive(line: CommandLine, signal: AbortSignal): Promise<number>;
  /** The absolute path of a program on PATH, or undefined. */
  find(program: string): Promise<string | undefined>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** One of several values is sent as several lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The address of the proxy (http or https) that leads there, in place of the one that the environment names; never shown or logged. */
  readonly proxy?: string;
  /** A text, or bytes that are sent as they are read; their number goes ahead as Content-Length. */
  readonly body?: string | Bytes;
  /**
   * What is written on the same connection once the server has answered, as it comes: for servers that take the connection over after a
   * request and carry on both ways. Only beside a text as the body.
   */
  readonly input?: AsyncIterable<string>;
  /** For https where the system's own trust is not what counts; never shown or logged. */
  readonly tls?: HttpTls;
}

/** Bytes that are not in memory. */
export interface Bytes {
  readonly length: number;
  /** Can be read more than once. */
  read(): AsyncIterable<Uint8Array>;
}

/** Whom to trust and who to be, each as PEM (RFC 7468). */
export interface HttpTls {
  /** The authorities to trust instead of the usual ones. */
  readonly ca?: string;
  /** The certificate and the key of this side. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that the server's certificate must have, where it is not the address's. */
  readonly serverName?: string;
  /** Takes any certificate. */
  readonly isUnchecked?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it arrives, decoded as UTF-8; no idle time-out. */
  readonly body: AsyncIterable<string>;
}

export interface Http {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
}

/** A connection that carries text both ways. */
export interface Line {
  /** What comes, decoded as UTF-8, until the other end hangs up; a cut throws. */
  readonly chunks: AsyncIterable<string>;
  write(text: string): void;
  /** Hangs up. */
  end(): void;
}

export interface Sockets {
  /** Connects; with TLS the certificate has to be good. Throws the system's error, AbortError. */
  open(
    to: { readonly host: string; readonly port: number; readonly tls: boolean },
    signal: AbortSignal,
  ): Promise<Line>;
}

/** A connection that carries messages both ways (WebSocket, RFC 6455). */
export interface Channel {
  /** The one of the subprotocols that the other end took; empty where it took none. */
  readonly protocol: string;
  /** What comes, until the other end says that it is over; a cut throws. */
  readonly messages: AsyncIterable<Uint8Array>;
  send(message: Uint8Array): void;
  /** Hangs up. */
  end(): void;
}

export interface WebSockets {
  /** Asks for a channel; gives the answer of a server that refuses. Throws the system's error, AbortError. */
  open(
    to: Pick<HttpRequest, 'url' | 'headers' | 'proxy' | 'tls'> & { readonly protocols: readonly string[] },
    signal: AbortSignal,
  ): Promise<{ readonly channel: Channel } | { readonly status: number; readonly text: string }>;
}

/** A packed tree. It stands in a file of this user alone, until `remove`. */
export interface Archive extends Bytes {
  /** In lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly files: number;
  remove(): Promise<void>;
}

/** Packing parts of a tree. */
export interface Archives {
  /**
   * Packs files and symbolic links of `dir` into a gzipped tar, with their exec bits; `paths` are relative to it, with `/`. What is
   * gone meanwhile, and folders, are passed over. Throws the system's errors (`EACCES`, `ENOSPC`, …), which have a `path`, and
   * `ECHANGED` for a file that became shorter or longer while it was read; nothing is left then.
   */
  pack(dir: string, paths: readonly string[], signal: AbortSignal): Promise<Archive>;
}

/** What the capabilities are given. */
export interface World {
  readonly files: Files;
  readonly trees: Trees;
  readonly processes: Processes;
  readonly http: Http;
  readonly log: Log;
  now(): Date;
}
