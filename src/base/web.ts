/** One question for a text that somebody else's text refers to. */
export interface WebRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly mostBytes: number;
  /** Whether the host may be this machine, or one of a private network. */
  readonly mayBePrivate: boolean;
}

export type WebReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  /** The host is at this address, and was not asked. */
  | { readonly kind: 'private'; readonly address: string }
  /** The answer is longer than wanted. */
  | { readonly kind: 'long' }
  | { readonly kind: 'packed'; readonly encoding: string };

/**
 * Reads what is public: by GET, without credentials, cookies or proxies, and never following a redirect. The address that a name stands
 * for is looked at before it is connected to, and no other is.
 */
export interface Web {
  /** Throws the system's error (`ENOTFOUND`, `ECONNREFUSED`, …), AbortError on cancel. */
  get(request: WebRequest, signal: AbortSignal): Promise<WebReply>;
}
