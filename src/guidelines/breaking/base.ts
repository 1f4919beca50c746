import { looksLikeSpec } from '../detect';
import { Spec } from '../spec';
import type { Steps } from '../steps';
import type { BaseText } from './git';

/** An older version that was read, to be compared with. */
export interface Base {
  readonly spec: Spec;
  readonly from: string;
}

/** Reads an older version; undefined when it is no description that can be read. What is as in the new one is not read again. */
export function* baseSteps(
  { text, from }: Pick<BaseText, 'text' | 'from'>,
  now: Spec,
): Steps<Base | undefined> {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  // With the same line ends, what did not change is the same text.
  const alike = now.text.includes('\r\n') && !plain.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
  if (!looksLikeSpec(alike)) return undefined;
  const spec = new Spec(alike, now.notebook);
  // What stands in other files is compared with itself: only this text has an older version.
  const { others } = now;
  if (others !== undefined)
    spec.others = {
      address: others.address,
      home: spec,
      members: [spec],
      usedFromElsewhere: new Set(),
      leadOf: (ref) => others.leadOf(ref),
      specAt: (address) => others.specAt(address),
    };
  spec.source.borrow(now.source);
  return (yield* spec.outlineSteps()) && spec.isSound ? { spec, from } : undefined;
}
