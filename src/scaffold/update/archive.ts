import { systemCode } from '../../base/errors';
import { isObject, isString, stringMap } from '../../base/json';
import type { ListedFile, Listing } from '../assemble';
import { textIn } from './content';

/**
 * A released version of a template, as it is kept: one JSON document, compressed with gzip. Files are texts, or base64 where they are
 * none; those that can be run are listed.
 */
interface Archive {
  readonly files: Readonly<Record<string, string>>;
  readonly binary: Readonly<Record<string, string>>;
  readonly executable: readonly string[];
}

/** The JSON of an archive; the same files give the same text. */
export function packListing(listing: Listing): string {
  const entries = [...listing].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const files: Record<string, string> = {};
  const binary: Record<string, string> = {};
  for (const [path, { bytes }] of entries) {
    const text = textIn(bytes);
    if (text === undefined) binary[path] = toBase64(bytes);
    else files[path] = text;
  }
  const executable = entries.flatMap(([path, file]) => (file.executable ? [path] : []));
  const archive: Archive = { files, binary, executable };
  return `${JSON.stringify(archive)}\n`;
}

/** The files of an archive as they came from disk; undefined where it is none. */
export async function unpackListing(compressed: Uint8Array): Promise<Listing | undefined> {
  const value = await readJson(compressed);
  if (!isObject(value)) return undefined;
  const said: unknown[] = Array.isArray(value['executable']) ? value['executable'] : [];
  const executable = new Set(said.filter(isString));
  const file = (path: string, bytes: Uint8Array): readonly [string, ListedFile] => [
    path,
    { bytes, executable: executable.has(path) },
  ];
  const encoder = new TextEncoder();
  return new Map([
    ...Object.entries(stringMap(value['files'])).map(([path, text]) => file(path, encoder.encode(text))),
    ...Object.entries(stringMap(value['binary'])).map(([path, text]) => file(path, fromBase64(text))),
  ]);
}

async function readJson(compressed: Uint8Array): Promise<unknown> {
  try {
    const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return await new Response(stream).json();
  } catch (error) {
    // Neither gzip nor JSON: somebody else's file under an archive's name.
    const isBroken = systemCode(error)?.startsWith('Z_') === true;
    if (isBroken || error instanceof TypeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
