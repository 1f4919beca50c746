import { isObject, stringAt } from '../../../base/json';
import { parseJson } from '../lines';

/**
 * How a terminal is carried over a WebSocket (k8s.io/kubelet/pkg/cri/streaming/remotecommand): each message begins with a byte that says
 * what it is about. v5 adds that one side can be closed, which a terminal does not need.
 */
export const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4 } as const;

export const byteOf = (message: Uint8Array): number => message[0] ?? -1;

export function messageOf(channel: number, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const message = new Uint8Array(bytes.length + 1);
  message[0] = channel;
  message.set(bytes, 1);
  return message;
}

/** How a command ended, or why it did not run: `kind: Status`, the last that is said. */
export function readEnd(text: string): { readonly code: number } | { readonly why: string } {
  const value = parseJson(text);
  if (stringAt(value, 'status') === 'Success') return { code: 0 };
  const details = isObject(value) && isObject(value['details']) ? value['details'] : {};
  const causes = Array.isArray(details['causes']) ? (details['causes'] as readonly unknown[]) : [];
  const exit = causes.find((one) => stringAt(one, 'reason') === 'ExitCode');
  const code = Number(stringAt(exit, 'message'));
  if (exit !== undefined && Number.isInteger(code)) return { code };
  return { why: stringAt(value, 'message') ?? 'the cluster says no more' };
}
