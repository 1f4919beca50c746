/**
 * Where files are: an absolute path with `/`, decoded, behind the address of its file system if there is more than one (`file://`); for
 * what is on the web its URL, as it is sent.
 */
import { dirname, join } from '../../base/paths';
import { isWeb, urlOf } from '../web/access';

export type Target =
  | { readonly kind: 'file' | 'web'; readonly address: string; readonly pointer: string }
  /** A name without a place, or an address that is no web page's. */
  | { readonly kind: 'url' }
  /** A file by its URL. */
  | { readonly kind: 'file-url' };

const longestUrl = 2000;

interface Split {
  /** `file://`, `vscode-vfs://github`, or nothing. */
  readonly root: string;
  readonly path: string;
}

function split(address: string): Split {
  const found = /^([a-z][a-z\d+.-]+:\/\/[^/]*)(\/.*)$/i.exec(address);
  const [, root = '', path = address] = found ?? [];
  return { root, path };
}

/** What a reference that is written in the file `from` names. */
export function targetOf(from: string, ref: string): Target {
  const cut = ref.indexOf('#');
  const file = cut < 0 ? ref : ref.slice(0, cut);
  const pointer = cut < 0 ? '' : ref.slice(cut + 1);
  if (file === '') return { kind: 'file', address: from, pointer };
  if (/^file:/i.test(file)) return { kind: 'file-url' };
  if (isWeb(from) || isWeb(file)) return webTarget(from, file, pointer);
  if (/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(file)) return { kind: 'url' };
  const { root, path } = split(from);
  const named = decoded(file.replace(/\?.*$/, ''));
  return { kind: 'file', address: root + absolute(path, named), pointer };
}

/** What is on the web names others as pages do. */
function webTarget(from: string, file: string, pointer: string): Target {
  const url = isWeb(from) && URL.canParse(file, from) ? new URL(file, from) : urlOf(file);
  if (url === undefined || !isWeb(url.href) || url.href.length > longestUrl) return { kind: 'url' };
  return { kind: 'web', address: url.href, pointer };
}

/** `join` knows no drives: `C:/w` stays `C:/w`, and `..` never leaves the root. */
function absolute(from: string, named: string): string {
  const drive = /^[A-Za-z]:(?=\/)/.exec(from)?.[0] ?? '';
  const inside = from.slice(drive.length);
  return drive + (named.startsWith('/') ? join(named) : join(dirname(inside), named));
}

/** Whether a file lies in a folder, or below. */
export function isIn(folder: string, address: string): boolean {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return address.startsWith(prefix);
}

/** How a file is written in a reference in the file `from`: `../schemas/order.yaml`, `./a%20b.yaml`. */
export function relativeTo(from: string, address: string): string {
  if (isWeb(address)) return address;
  const path = encodeURI(pathFrom(from, address)).replaceAll('#', '%23').replaceAll('?', '%3F');
  return path.startsWith('../') ? path : `./${path}`;
}

/** The path of a file, seen from the folder of the file `from`; of what is on the web its URL. */
export function pathFrom(from: string, address: string): string {
  if (isWeb(address)) return address;
  const here = split(from).path.split('/').slice(0, -1);
  const there = split(address).path.split('/');
  let common = 0;
  while (common < here.length && common < there.length - 1 && here[common] === there[common]) common += 1;
  const up = here.slice(common).map(() => '..');
  return [...up, ...there.slice(common)].join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
