import { platforms } from './environment';

/** What can be written at a place of a servicewright.yaml, below `environments:`. */
export interface ManifestCompletion {
  readonly label: string;
  readonly detail: string;
  /** A snippet: `$1` is where one goes on. */
  readonly insert: string;
}

const titles: Readonly<Record<(typeof platforms)[number], string>> = {
  embedded: 'this machine',
  empire: 'a server of Empire that runs images',
  heroku: 'Heroku, which builds the tree or runs an image of its own registry',
  kubernetes: 'a Kubernetes cluster',
};

const keys: Readonly<Record<string, string>> = {
  platform: `one of ${platforms.join(', ')}`,
  url: 'the address of the platform’s API',
  app: 'the name of the app there, where it is not the service’s',
  registry: 'where images are: ghcr.io/team',
  context: 'the context of your kubeconfig',
  namespace: 'where in the cluster; the context’s unless said',
  ingress: 'the host name that leads to the app',
  protected: 'true asks before anything changes',
  config: 'plain configuration, never secrets',
};

/** Keys that not every platform has. */
const own: Readonly<Partial<Record<string, readonly string[]>>> = {
  url: ['embedded', 'empire', 'heroku'],
  context: ['kubernetes'],
  namespace: ['kubernetes'],
  ingress: ['kubernetes'],
};

const entry =
  'staging:\n  platform: ${1|empire,heroku,kubernetes,embedded|}\n  url: https://${2:empire.example.com}\n  registry: ${3:ghcr.io/team}';

/**
 * Completions at the end of `before`, the text up to the cursor. Pure text work: a file is mostly broken while somebody writes it.
 */
export function completeManifest(before: string): readonly ManifestCompletion[] {
  const lines = before.split('\n');
  const line = lines.at(-1) ?? '';
  const above = lines.slice(0, -1).filter((one) => one.trim() !== '' && !one.trim().startsWith('#'));
  const top = above.findLast((one) => /^\S/.test(one));
  if (top === undefined || !/^environments:\s*$/.test(top)) return [];
  if (/^\s+platform:\s*\S*$/.test(line))
    return platforms.map((one) => ({ label: one, detail: titles[one], insert: one }));
  if (!/^\s+[\w-]*$/.test(line)) return [];
  return indentOf(line) > entryIndent(above)
    ? keysLeft(above).map((key) => ({ label: key, detail: keys[key] ?? '', insert: `${key}: ` }))
    : [{ label: 'environment', detail: 'another place to deploy to', insert: entry }];
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** How far the names of environments stand in: as the first that is there, else two blanks. */
function entryIndent(above: readonly string[]): number {
  const from = above.findLastIndex((one) => one.startsWith('environments:'));
  const first = above[from + 1];
  return first === undefined ? 2 : indentOf(first);
}

/** The keys that the entry above does not have yet and its platform may have. */
function keysLeft(above: readonly string[]): readonly string[] {
  const indent = entryIndent(above);
  const from = above.findLastIndex((one) => indentOf(one) <= indent);
  const lines = above.slice(from + 1).map((one) => one.trim().split(/:\s*/));
  const had = lines.map(([key]) => key);
  const platform = lines.find(([key]) => key === 'platform')?.[1] ?? '';
  return Object.keys(keys).filter((key) => !had.includes(key) && own[key]?.includes(platform) !== false);
}
