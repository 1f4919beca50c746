import type * as vscode from 'vscode';
import { isObject, stringAt } from '../../../base/json';

/** The newest version of each template in git that was seen so far: what tells who is behind without asking the network. */
export interface KnownVersions {
  /** By the source that a service records. */
  of(source: string): string | undefined;
  learn(source: string, version: string): Promise<void>;
}

const key = 'templateVersions';

export function knownVersions(state: vscode.Memento): KnownVersions {
  const all = (): Readonly<Record<string, unknown>> => {
    const value: unknown = state.get(key);
    return isObject(value) ? value : {};
  };
  return {
    of: (source) => (Object.hasOwn(all(), source) ? stringAt(all(), source) : undefined),
    learn: async (source, version) => state.update(key, { ...all(), [source]: version }),
  };
}
