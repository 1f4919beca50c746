import { badSource } from '../errors/sources';

/** A template that comes with the extension. */
export interface BundledSource {
  readonly kind: 'bundled';
  readonly id: string;
}

/** A folder that holds a `template.yaml`; `path` as it was written, absolute or not. */
export interface FolderSource {
  readonly kind: 'folder';
  readonly path: string;
}

/** A folder in a git repository. */
export interface GitSource {
  readonly kind: 'git';
  /** As git takes it: `https://…`, `ssh://…`, `file:///…`. */
  readonly url: string;
  /** A branch, a tag or a commit; empty is what the repository has checked out. */
  readonly ref: string;
  /** The template's folder in the repository, empty for its root. */
  readonly dir: string;
}

export type Source = BundledSource | FolderSource | GitSource;

/** What was read, and how it is written best when it was written otherwise. */
export interface Reference {
  readonly source: Source;
  readonly hint?: string;
}

const id = /^[a-z][a-z0-9-]*$/;
/** Control characters, and invisible ones that make two sources look alike. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const folder = /^([./~]|[A-Za-z]:[\\/])/;
/** `git@host:path`, as scp and git take it. */
const scp = /^(?:([\w.-]+)@)?([\w.-]{2,}):(?!\/\/)(.*)$/;
const scheme = /^([a-z][a-z0-9+.-]*):/i;
const wrongScheme = 'only git+https:, git+ssh: and git+file: are read';
const signIn =
  "it holds a name, a password or a query; leave them out and let git's credential helper sign in";
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads where a template is: `django-service`, `./templates/api`, `git+https://host/repo.git#v3:subdir`, `git+ssh://git@host/repo.git`.
 * The fragment is `#ref`, `#ref:folder` or `#:folder`. Throws UserError `scaffold/bad-source`; a password is never part of its message.
 */
export function parseSource(text: string): Reference {
  const written = text.trim();
  if (written === '') throw badSource(written, 'it is empty');
  if (unseen.test(written)) throw badSource(written, 'it holds a character that can not be seen');
  if (written.startsWith('-')) throw badSource(written, 'it looks like an option');
  if (id.test(written)) return { source: { kind: 'bundled', id: written } };
  if (folder.test(written)) return { source: { kind: 'folder', path: written } };
  return readGit(written);
}

/** How a source is written down: what `parseSource` reads back, or `bundled`. */
export function sourceText(source: Source): string {
  if (source.kind === 'bundled') return 'bundled';
  if (source.kind === 'folder') return source.path;
  const { url, ref, dir } = source;
  const fragment = dir === '' ? ref : `${ref}:${dir}`;
  return `git+${url}${fragment === '' ? '' : `#${fragment}`}`;
}

function readGit(written: string): Reference {
  const cut = written.indexOf('#');
  const [address, fragment] = cut < 0 ? [written, ''] : [written.slice(0, cut), written.slice(cut + 1)];
  if (/^[a-z0-9+-]*::/i.test(address))
    throw badSource(safely(written), 'git would start a helper program for it');
  const { url, rewritten } = readAddress(address, written);
  const { ref, dir } = readFragment(fragment, written);
  const source: GitSource = { kind: 'git', url, ref, dir };
  return rewritten ? { source, hint: `Read as ${sourceText(source)}; write it so.` } : { source };
}

interface Address {
  readonly url: string;
  readonly rewritten: boolean;
}

function readAddress(address: string, written: string): Address {
  if (/^git\+/i.test(address)) return { url: checkedUrl(address.slice(4), written), rewritten: false };
  if (/^(https|ssh):\/\//i.test(address)) return { url: checkedUrl(address, written), rewritten: true };
  const [, user = 'git', host, path = ''] = scp.exec(address) ?? [];
  if (host !== undefined) return { url: scpUrl(`${user}@${host}`, path, written), rewritten: true };
  if (scheme.test(address)) throw badSource(safely(written), wrongScheme);
  if (address.includes('/')) throw badSource(written, `a folder is written ./${address}`);
  throw badSource(written, 'it is no template id, no folder and no git URL');
}

function scpUrl(host: string, path: string, written: string): string {
  if (path.includes('@')) throw badSource(safely(written), signIn);
  if (path === '') throw badSource(safely(written), 'it names no repository');
  return checkedUrl(`ssh://${host}/${path.replace(/^\//, '')}`, written);
}

function checkedUrl(address: string, written: string): string {
  const url = parsedUrl(address);
  if (!url) throw badSource(safely(written), 'its URL can not be read');
  const why = secretIn(url) ?? faultOf(url, address);
  if (why !== undefined) throw badSource(safely(written), why);
  return url.href;
}

function parsedUrl(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

function secretIn(url: URL): string | undefined {
  const named = url.protocol !== 'ssh:' && url.username !== '';
  if (url.password !== '' || named || url.search !== '') return signIn;
  return undefined;
}

function faultOf(url: URL, address: string): string | undefined {
  const path = decoded(url.pathname);
  const why = placeFault(url, address);
  if (why !== undefined) return why;
  if (path === '' || path === '/') return 'it names no repository';
  if (unseen.test(path)) return 'it holds a character that can not be seen';
  return /^\/+-/.test(path) ? 'its path looks like an option' : undefined;
}

function placeFault(url: URL, address: string): string | undefined {
  const host = url.hostname;
  switch (url.protocol) {
    case 'https:':
    case 'ssh:':
      if (host === '' || host.startsWith('-')) return 'it names no host';
      return decoded(url.username).startsWith('-') ? 'its user looks like an option' : undefined;
    case 'http:':
      return loopback.has(host) ? undefined : 'http is neither secret nor signed; write git+https:';
    case 'file:':
      return host === '' && address.startsWith('file:///')
        ? undefined
        : 'a path on this machine is written git+file:///';
    default:
      return wrongScheme;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readFragment(fragment: string, written: string): { readonly ref: string; readonly dir: string } {
  const text = decoded(fragment);
  const cut = text.indexOf(':');
  const [ref, folderPart] = cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
  const dir = folderPart.replace(/\/+$/, '');
  const why = refFault(ref) ?? dirFault(dir);
  if (why !== undefined) throw badSource(safely(written), why);
  return { ref, dir };
}

/** Names of git's own rules (git-check-ref-format(1)), and none that git would take for an option or an expression. */
function refFault(ref: string): string | undefined {
  if (ref.startsWith('-')) return 'its ref looks like an option';
  const bad =
    unseen.test(ref) ||
    /[ ~^?*[\\#]|\.\.|@\{|\/\/|\.lock(\/|$)|(^|\/)\.|[./]$|^\/|^@$/.test(ref) ||
    ref.length > 200;
  return bad ? 'its ref is no name of a branch, a tag or a commit' : undefined;
}

function dirFault(dir: string): string | undefined {
  if (dir === '') return undefined;
  const bad = dir.split('/').some((segment) => ['', '.', '..', '.git'].includes(segment.toLowerCase()));
  if (bad || /[\\:]/.test(dir) || unseen.test(dir)) return 'its folder must be a path inside the repository';
  return undefined;
}

/** The source as it may be shown: without what could be a password. */
function safely(written: string): string {
  return written
    .replace(/\/\/[^#]*@/, '//…@')
    .replace(/^[^/#]*@/, '…@')
    .replace(/\?[^#]*/, '?…');
}
