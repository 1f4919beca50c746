import type { HttpResponse } from '../../../base/ports';
import type { ClientParts } from './client';
import { agent } from './client';

/** A stream that is open. */
export interface Stream {
  readonly response: HttpResponse;
  /** Hangs up; the body then ends with an error. */
  leave(): void;
}

/**
 * Opens a stream of text at an address that needs no token. Its head has to come within the time of any question; what follows may be
 * quiet for long. Throws the system's errors, and AbortError also when the head did not come.
 */
export async function openStream(
  { http, patience }: ClientParts,
  url: string,
  more: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Stream> {
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  const timer = setTimeout(leave, patience.askMs);
  try {
    const headers = { accept: 'text/plain', 'user-agent': agent, ...more };
    const response = await http.send(
      { method: 'GET', url, headers },
      AbortSignal.any([signal, leaving.signal]),
    );
    return { response, leave };
  } finally {
    clearTimeout(timer);
  }
}
