import { sha256 } from '../../base/hash';
import { isSameText, normalised } from '../merge/text';

/** What a file holds, and whether it can be run. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** What stands at a path of the service: a file, something that is none (a folder, a link), or nothing. */
export type Ours = Content | 'other' | undefined;

export function isFile(ours: Ours): ours is Content {
  return ours !== undefined && ours !== 'other';
}

/** The text of a file; undefined for a binary one, which can't be merged line by line. */
export function textIn(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Whether two files hold the same but for line ends, which git changes on its own (autocrlf). */
export function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  if (sameBytes(a, b)) return true;
  const [one, other] = [textIn(a), textIn(b)];
  return one !== undefined && other !== undefined && isSameText(one, other);
}

/** The hashes of a file: of its bytes, and of its text with LF where it has other line ends. */
export async function hashesOf(bytes: Uint8Array): Promise<readonly string[]> {
  const own = await sha256(bytes);
  const text = textIn(bytes);
  return text?.includes('\r') === true ? [own, await sha256(bytesOf(normalised(text)))] : [own];
}

/** Whether a file holds what a hash was made of, whatever its line ends are now. */
export async function hasHash(bytes: Uint8Array, hash: string): Promise<boolean> {
  return (await hashesOf(bytes)).includes(hash);
}
