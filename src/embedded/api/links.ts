import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Addresses that need no token, as Heroku gives them for streams and uploads: whoever has one may use it, and nobody can make one. */
export interface Links {
  /** The address of `path` with `query`; good as long as this engine runs, or for `seconds`. */
  make(origin: string, path: string, query?: Readonly<Record<string, string>>, seconds?: number): string;
  /** Whether the address is one that was made here and is good still. */
  isGood(path: string, query: URLSearchParams): boolean;
}

export function createLinks(now: () => Date): Links {
  const secret = randomBytes(32);
  const keyOf = (path: string, query: URLSearchParams): Buffer => {
    const said = [...query].filter(([name]) => name !== 'key').toSorted(([a], [b]) => (a < b ? -1 : 1));
    return createHmac('sha256', secret)
      .update(JSON.stringify([path, said]))
      .digest();
  };
  return {
    make(origin, path, query = {}, seconds) {
      const until = seconds === undefined ? {} : { until: String(now().getTime() + seconds * 1000) };
      const said = new URLSearchParams({ ...query, ...until });
      said.set('key', keyOf(path, said).toString('base64url'));
      return `${origin}${path}?${said.toString()}`;
    },
    isGood(path, query) {
      const given = Buffer.from(query.get('key') ?? '', 'base64url');
      const key = keyOf(path, query);
      if (given.length !== key.length || !timingSafeEqual(given, key)) return false;
      const until = query.get('until');
      return until === null || Number(until) >= now().getTime();
    },
  };
}
