/** Where files are: an absolute path with `/`, decoded, behind the address of its file system if there is more than one (`file://`). */
import { dirname, join } from '../../base/paths';

export type Target =
  | { readonly kind: 'file'; readonly address: string; readonly pointer: string }
  /** An address on the web, a name without a place, or a file by its URL. */
  | { readonly kind: 'url' };

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
  if (/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(file)) return { kind: 'url' };
  const { root, path } = split(from);
  const named = decoded(file.replace(/\?.*$/, ''));
  return { kind: 'file', address: root + absolute(path, named), pointer };
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
  const path = encodeURI(pathFrom(from, address)).replaceAll('#', '%23').replaceAll('?', '%3F');
  return path.startsWith('../') ? path : `./${path}`;
}

/** The path of a file, seen from the folder of the file `from`. */
export function pathFrom(from: string, address: string): string {
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
