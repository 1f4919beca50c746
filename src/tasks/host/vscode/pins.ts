import * as vscode from 'vscode';
import { isString } from '../../../base/json';

/** The targets that a person keeps at the top of the view, by `keyOf`, in the order of pinning; kept with the workspace. */
export interface Pins extends vscode.Disposable {
  readonly keys: readonly string[];
  has(key: string): boolean;
  set(key: string, isPinned: boolean): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const stored = 'tasks.pins';

export function createPins(state: vscode.Memento): Pins {
  const changed = new vscode.EventEmitter<void>();
  const keys = (): readonly string[] => {
    const value: unknown = state.get(stored);
    return Array.isArray(value) ? value.filter(isString) : [];
  };
  return {
    get keys() {
      return keys();
    },
    has: (key) => keys().includes(key),
    async set(key, isPinned) {
      const others = keys().filter((one) => one !== key);
      await state.update(stored, isPinned ? [...others, key] : others);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
