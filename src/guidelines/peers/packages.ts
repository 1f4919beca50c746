/** Rule sets that are npm packages: one that is known by name, and files in `node_modules`. Nothing is fetched, no code is run. */
import { messageOf } from '../../base/errors';
import { isObject, isString } from '../../base/json';
import { dirname, join } from '../../base/paths';
import type { NoCode } from '../code/functions';
import type { Layer } from '../config/layer';
import { noLayer } from '../config/layer';
import type { Loading, Peer } from '../config/loading';
import type { Extended } from '../config/own-file';
import type { ConfigText } from '../config/text';
import type { TreeNode } from '../tree';
import { owaspLayer } from './owasp-rules';

const owasp = '@stoplight/spectral-owasp-ruleset';

const highest = 64;
const mostNamed = 8;

export interface Packaged {
  readonly text: ConfigText;
  readonly one: Extended;
  readonly loader: Loading;
  readonly peer: Peer;
}

/** What a package says; one that is not there, or is code, is told of. */
export async function packageLayer({ text, one, loader, peer }: Packaged): Promise<Layer> {
  const name = one.name.replace(/^npm:/, '').replace(/(?!^)@[\^~]?\d[\w.-]*$/, '');
  const found = await find(name, dirname(text.file), loader);
  // Our rules say what that set says, so that it needs neither to be installed nor to run.
  if (name === owasp && (found === undefined || typeof loader.code === 'string')) return owaspLayer();
  if (found === undefined) {
    text.say(
      one.node,
      `The package \`${name}\` is in no node_modules folder above this file; install it, or remove it here.`,
    );
    return noLayer;
  }
  if (!/\.(?:ya?ml|json)$/.test(found) && typeof loader.code === 'string') {
    text.say(one.node, notRun(`The rule set \`${name}\``, loader.code), 'info');
    return noLayer;
  }
  return loader.file(found, { text, at: one, peer });
}

const ways: Readonly<Record<NoCode, string>> = {
  off: 'Functions of rule sets run where the setting `servicewright.guidelines.runFunctions` is on, or with `--run-functions`.',
  untrusted: 'Nothing of a workspace runs in Restricted Mode; trust it, if you do, to have functions run.',
  elsewhere: 'Functions run for files of this machine alone.',
};

/** What is said of code in a configuration; with why it is not run, where it could be. */
export function notRun(what: string, why?: NoCode): string {
  const way =
    why === undefined
      ? 'Write what matters as a rule with `subject` and `assertions`, or under `custom` in .servicewright/guidelines.yaml; the rest only Redocly itself checks.'
      : ways[why];
  return `${what} is JavaScript, which is not run here: what it checks is not checked. ${way}`;
}

/** The names in a list that somebody wrote, as they stand in messages: `(\`a\`, \`b\`)`. */
export function namedIn(node: TreeNode): string {
  const { actual } = node;
  const items = actual.kind === 'list' ? actual.children : [actual];
  // A name may stand in a list of two, with what belongs to it.
  const names = items.flatMap(
    (item) => (item.actual.kind === 'list' ? item.actual.children[0] : item)?.actual.string ?? [],
  );
  const shown = names.slice(0, mostNamed).map((name) => `\`${name}\``);
  const more = names.length > mostNamed ? [`${names.length - mostNamed} more`] : [];
  return names.length === 0 ? '' : ` (${[...shown, ...more].join(', ')})`;
}

/** The file that a package is entered by; undefined when there is no such package. */
async function find(name: string, start: string, loader: Loading): Promise<string | undefined> {
  if (!/^(?:@[\w.-]+\/)?[\w.-]+(?:\/[\w./-]+)?$/.test(name) || name.includes('..')) return undefined;
  let folder = start;
  for (let height = 0; height < highest; height += 1) {
    const root = join(folder, 'node_modules', name);
    if (/\.(?:ya?ml|json)$/.test(name) && (await textAt(root, loader)) !== undefined) return root;
    const manifest = await textAt(join(root, 'package.json'), loader);
    if (manifest !== undefined) return join(root, entryOf(manifest));
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return undefined;
}

async function textAt(path: string, loader: Loading): Promise<string | undefined> {
  try {
    return await loader.text(path);
  } catch (error) {
    // A folder that can't be read has no package for us; what it is called like is told when nothing is found.
    void messageOf(error);
    return undefined;
  }
}

function entryOf(manifest: string): string {
  const value = parsed(manifest);
  const main = isObject(value) ? value['main'] : undefined;
  return isString(main) ? main : 'index.js';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
