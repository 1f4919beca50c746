/** What a deploy's errors mean: they are Docker's, a registry's, AWS's or Empire's own words. */

export interface Reason {
  readonly code: string;
  /** What to do next. */
  readonly hint?: string;
}

type Row = readonly [words: RegExp, code: string, hint: string];

/** In order: the first that fits. Before the release is made an image is pulled, resolved (registry/registry.go) and its Procfile read. */
const pulling: readonly Row[] = [
  [
    /no matching manifest/i,
    'deploy/image-missing',
    'Build the image for the architecture of the server as well, as with docker buildx --platform linux/amd64.',
  ],
  [
    /access denied|unauthorized|docker login|authentication required|no basic auth credentials|insufficient_scope|\bdenied:/i,
    'deploy/image-denied',
    'Check the name of the image, and that Empire may read that registry.',
  ],
  [
    /toomanyrequests|rate limit/i,
    'deploy/registry-busy',
    'The registry lets the server pull nothing more for now; wait, or have the operator sign it in there.',
  ],
  [
    /no such host|i\/o timeout|handshake timeout|connection refused|context deadline exceeded|server misbehaving|x509:/i,
    'deploy/registry-unreachable',
    'Check the name of the registry, and that the server can reach it.',
  ],
  [
    /no space left on device/i,
    'deploy/server-full',
    'The disk of the server is full; its operator has to make room.',
  ],
  [
    /has no digests/i,
    'deploy/image-no-digest',
    'The server takes only images whose digest it can tell; push the image to a registry that gives one.',
  ],
  [
    /Procfile|^yaml:|line \d+: cannot unmarshal/i,
    'deploy/bad-procfile',
    'Check the Procfile in the working directory of the image.',
  ],
  [
    /Missing required option: 'Message'|'Commit-Message' is required/,
    'deploy/refused',
    'Something before the server takes the header Commit-Message away; ask its operator.',
  ],
  [
    /not found|no such image|manifest unknown|name unknown|repository does not exist/i,
    'deploy/image-missing',
    'Check that CI has built this commit and pushed its image.',
  ],
];

export function explainPull(why: string): Reason {
  const found = pulling.find(([words]) => words.test(why));
  return found ? { code: found[1], hint: found[2] } : { code: 'deploy/failed' };
}

/** What can go wrong once the release is made. */
const rollingOut: readonly (readonly [words: RegExp, hint: string])[] = [
  [
    /does not have a certificate attached/,
    'The Procfile asks for https; attach a certificate with emp cert-attach, then deploy again.',
  ],
  [
    /Template .*may not exceed|exceeds? .*460800|Member must have length less than/i,
    'The app has too many or too long variables for one stack; make them fewer.',
  ],
  [/_IN_PROGRESS state/, 'Another change of this app is under way on AWS; deploy again when it is through.'],
  [/Throttling|Rate exceeded/i, 'AWS let the server do no more for now; deploy again in a minute.'],
];

export function explainRollout(why: string): Reason {
  const found = rollingOut.find(([words]) => words.test(why));
  return { code: 'deploy/not-rolled-out', ...(found ? { hint: found[1] } : {}) };
}

/**
 * The server waits ten minutes for a stack (scheduler/cloudformation/cloudformation.go), the SDK as often as it is set to: what they gave
 * up waiting for goes on.
 */
export const isStillAtIt = (why: string): boolean =>
  /timed out waiting for|exceeded wait attempts|context canceled/i.test(why);
