/** `redocly.yaml`: rules and assertions of Redocly. */
import { basename, dirname, join } from '../../base/paths';
import type { FileMatch, Ignore, Layer } from '../config/layer';
import { joined, noLayer } from '../config/layer';
import type { Loading, Peer } from '../config/loading';
import { fileMatch } from '../config/match';
import { baseOf, isPath, pathFrom } from '../config/names';
import { ConfigText } from '../config/text';
import type { TreeNode } from '../tree';
import { oursOf } from './mapped';
import { namedIn, notRun } from './packages';
import { rulesIn } from './redocly-rules';
import { setLayer, setNamed } from './redocly-sets';
import { redoclyRules } from './rules';

const ignoreName = '.redocly.lint-ignore.yaml';

export const redocly: Peer = {
  async layer(text, loader) {
    // Older versions had all this under one key.
    const { root } = text;
    const main = root.actual.get('styleguide') ?? root.actual.get('lint') ?? root;
    const isMain = /^\.?redocly\.ya?ml$/.test(basename(text.file));
    const apis = root.actual.childrenOf('apis');
    // What is put together of several parts, Redocly asks for all versions last.
    const isVersionLast = isMain && !main.actual.has('extends') && apis.length === 0;
    const own = await sectionLayer(text, main, { loader, files: undefined, isVersionLast });
    if (isMain && ![main, ...apis.map(sectionOf)].some(saysRules)) text.say(root, noRules, 'info');
    const layers = [own];
    for (const api of apis) layers.push(await apiLayer(text, api, loader));
    const plugins = main.actual.get('plugins');
    if (plugins !== undefined)
      text.sayOfKey(plugins, notRun(`What \`plugins\` names${namedIn(plugins)}`), 'info');
    if (isMain) layers.push(await ignoreLayer(text.file, loader));
    return joined([...layers, { ...noLayer, problems: text.problems }]);
  },
};

interface Section {
  readonly loader: Loading;
  readonly files: FileMatch | undefined;
  /** Whether what is said for one version counts more than what is said for all in the same place. */
  readonly isVersionLast: boolean;
}

async function sectionLayer(text: ConfigText, node: TreeNode, section: Section): Promise<Layer> {
  const { actual } = node;
  const { loader, files } = section;
  const below: Layer[] = [];
  for (const item of text.items(actual.get('extends'), 'extends')) {
    const name = text.text(item, 'extends');
    if (name !== undefined) below.push(await extendedLayer(text, { name, node: item }, loader));
  }
  const limited = below.map((layer) => ({
    ...layer,
    statements: layer.statements.map((one) => (files === undefined ? one : { ...one, files })),
  }));
  return joined([...limited, rulesIn(text, node, section)]);
}

/** `apis:` holds rules for single files. */
async function apiLayer(text: ConfigText, api: TreeNode, loader: Loading): Promise<Layer> {
  const root = api.actual.stringAt('root');
  const section = sectionOf(api);
  if (root === undefined || !saysRules(section)) return noLayer;
  const files = fileMatch(root, baseOf(text.file));
  return sectionLayer(text, section, { loader, files, isVersionLast: false });
}

/** Where an API has its rules; older versions had them under one key. */
const sectionOf = (api: TreeNode): TreeNode => api.actual.get('styleguide') ?? api.actual.get('lint') ?? api;

const saysRules = ({ actual }: TreeNode): boolean =>
  actual.keys.some(
    (key) => key === 'extends' || /^(?:rules|(?:oas|async|arazzo|overlay)\w*Rules)$/.test(key),
  );

const noRules =
  'This file asks for no rules, so none are checked; `extends: [recommended]` asks for the usual ones.';

async function extendedLayer(
  text: ConfigText,
  one: { readonly name: string; readonly node: TreeNode },
  loader: Loading,
): Promise<Layer> {
  const { name, node } = one;
  const set = setNamed(name);
  if (set !== undefined) return setLayer(set);
  if (/^https?:/.test(name)) {
    text.say(
      node,
      `\`${name}\` is not fetched, so its rules are not checked; keep a copy beside this file.`,
      'info',
    );
    return noLayer;
  }
  if (isPath(name)) return loader.file(pathFrom(text.file, name), { text, at: one, peer: redocly });
  text.say(node, notRun(`The plugin behind \`${name}\``), 'info');
  return noLayer;
}

/** `.redocly.lint-ignore.yaml`: by file and rule, JSON pointers. */
async function ignoreLayer(file: string, loader: Loading): Promise<Layer> {
  const path = join(dirname(file), ignoreName);
  const written = await loader.text(path).catch(() => undefined);
  if (written === undefined) return noLayer;
  const text = new ConfigText(path, written);
  const ignores = text.root.actual.children.flatMap((ofFile) =>
    ofFile.actual.children.flatMap((ofRule) =>
      ofRule.actual.children.flatMap((item): readonly Ignore[] => {
        const pointer = item.actual.string?.replace(/^#\/?$|^#/, '');
        if (pointer === undefined) return [];
        const files = fileMatch(ofFile.key ?? '', dirname(file));
        const id = ofRule.key ?? '';
        const isTeams = /^(?:rule|assert)\//.test(id);
        const rules = isTeams ? [id] : oursOf(redoclyRules, id);
        const near = isTeams ? 'missing' : 'part';
        const at = { file: path, range: text.placeOf(item) };
        const reason = `It is listed in ${ignoreName}.`;
        return rules.map((rule) => ({ rule, files, isOneFile: false, pointer, near, reason, at }));
      }),
    ),
  );
  return { ...noLayer, ignores, problems: text.problems };
}
