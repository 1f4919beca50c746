/** `redocly.yaml`: rules and assertions of Redocly. */
import { basename, dirname, join } from '../../base/paths';
import type { FileMatch, Ignore, Layer, Statement } from '../config/layer';
import { joined, noLayer } from '../config/layer';
import type { Loading, Peer } from '../config/loading';
import { baseOf, isPath, pathFrom } from '../config/names';
import { fileMatch } from '../config/match';
import { levelOf } from '../config/rule-entries';
import { ConfigText } from '../config/text';
import type { Level } from '../engine';
import type { Rule } from '../rule';
import type { TreeNode } from '../tree';
import { assertionRule } from './assertions';
import type { Saying } from './mapped';
import { oursOf, peerRule, statementsFor, whyNot } from './mapped';
import { namedIn, notRun } from './packages';
import { readers, redoclyRules } from './rules';
import { redoclySeverity } from './severities';

const ignoreName = '.redocly.lint-ignore.yaml';

export const redocly: Peer = {
  async layer(text, loader) {
    // Older versions had all this under one key.
    const { root } = text;
    const main = root.actual.get('styleguide') ?? root.actual.get('lint') ?? root;
    const own = await sectionLayer(text, main, { loader, files: undefined });
    const apis = root.actual.childrenOf('apis');
    const layers = [own];
    for (const api of apis) layers.push(await apiLayer(text, api, loader));
    const plugins = main.actual.get('plugins');
    if (plugins !== undefined)
      text.sayOfKey(plugins, notRun(`What \`plugins\` names${namedIn(plugins)}`), 'info');
    const isMain = /^\.?redocly\.ya?ml$/.test(basename(text.file));
    if (isMain) layers.push(await ignoreLayer(text.file, loader));
    return joined([...layers, { ...noLayer, problems: text.problems }]);
  },
};

interface Section {
  readonly loader: Loading;
  readonly files: FileMatch | undefined;
}

async function sectionLayer(text: ConfigText, node: TreeNode, { loader, files }: Section): Promise<Layer> {
  const { actual } = node;
  const below: Layer[] = [];
  // With nothing said, the recommended rules hold.
  if (files === undefined && !actual.has('extends') && !actual.has('rules')) below.push(named('recommended'));
  for (const item of text.items(actual.get('extends'), 'extends')) {
    const name = text.text(item, 'extends');
    if (name !== undefined) below.push(await extendedLayer(text, { name, node: item }, loader));
  }
  const limited = below.map((layer) => ({
    ...layer,
    statements: layer.statements.map((one) => (files === undefined ? one : { ...one, files })),
  }));
  for (const key of [
    'oas2Rules',
    'oas3_0Rules',
    'oas3_1Rules',
    'oas3_2Rules',
    'preprocessors',
    'decorators',
  ]) {
    const found = actual.get(key);
    if (found !== undefined && key.startsWith('oas'))
      text.sayOfKey(found, `\`${key}\`, rules for one version, is not understood; use \`rules\`.`, 'info');
  }
  const { statements, custom } = rulesOf(text, actual.get('rules'), files);
  return joined([...limited, { ...noLayer, statements, custom }]);
}

/** `apis:` holds rules for single files. */
async function apiLayer(text: ConfigText, api: TreeNode, loader: Loading): Promise<Layer> {
  const root = api.actual.stringAt('root');
  const section = api.actual.get('styleguide') ?? api.actual.get('lint') ?? api;
  if (root === undefined || !(section.actual.has('rules') || section.actual.has('extends'))) return noLayer;
  return sectionLayer(text, section, { loader, files: fileMatch(root, baseOf(text.file)) });
}

async function extendedLayer(
  text: ConfigText,
  one: { readonly name: string; readonly node: TreeNode },
  loader: Loading,
): Promise<Layer> {
  const { name, node } = one;
  if (['recommended', 'recommended-strict', 'minimal', 'spec', 'all'].includes(name)) return named(name);
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

/** What one of Redocly's own sets says. */
function named(name: string): Layer {
  const statements = Object.entries(redoclyRules).flatMap(([id, { isRecommended }]): readonly Statement[] => {
    const isOn =
      name === 'all' || (name === 'spec' ? id === 'struct' || id === 'no-unresolved-refs' : isRecommended);
    if (!isOn) return [];
    const own = redoclySeverity(id);
    const level =
      name === 'recommended-strict' ? 'error' : name === 'minimal' && id !== 'struct' ? 'warning' : own;
    return statementsFor(oursOf(redoclyRules, id), level);
  });
  return {
    ...noLayer,
    statements: [...statements, ...statementsFor(readers['redocly-recommended'], 'error')],
  };
}

function rulesOf(
  text: ConfigText,
  node: TreeNode | undefined,
  files: FileMatch | undefined,
): { readonly statements: readonly Statement[]; readonly custom: readonly Rule[] } {
  const custom: Rule[] = [];
  const entries = node === undefined ? [] : text.entries(node, 'rules');
  const statements = entries.flatMap((entry): readonly Statement[] => {
    const severity = entry.actual.kind === 'map' ? entry.actual.get('severity') : entry;
    const level = severity === undefined ? 'on' : levelOf(severity);
    if (level === undefined) {
      text.say(severity ?? entry, 'A severity is error, warn or off.');
      return [];
    }
    const saying = { at: { file: text.file, range: text.placeOf(entry) }, files };
    if (!/^(?:rule|assert)\//.test(entry.key ?? '')) return builtIn(text, entry, { level, saying });
    const rule = assertionRule(text, entry);
    if (rule === undefined) return [];
    custom.push(rule);
    return statementsFor([rule.id], level === 'on' ? rule.severity : level, saying);
  });
  return { statements, custom };
}

function builtIn(
  text: ConfigText,
  entry: TreeNode,
  { level, saying }: { readonly level: Level | 'on'; readonly saying: Saying },
): readonly Statement[] {
  const id = entry.key ?? '';
  const ours = oursOf(redoclyRules, id);
  if (ours.length > 0) return statementsFor(ours, level === 'on' ? redoclySeverity(id) : level, saying);
  if (level !== 'off' || peerRule(redoclyRules, id) === undefined) {
    const why = id.includes('/')
      ? notRun(`The plugin behind \`${id}\``)
      : whyNot(redoclyRules, id, 'Redocly');
    text.sayOfKey(entry, why, 'info');
  }
  return [];
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
        const pointer = item.actual.string?.replace(/^#/, '');
        if (pointer === undefined) return [];
        const files = fileMatch(ofFile.key ?? '', dirname(file));
        const id = ofRule.key ?? '';
        const rules = /^(?:rule|assert)\//.test(id) ? [id] : oursOf(redoclyRules, id);
        const at = { file: path, range: text.placeOf(item) };
        const reason = `It is listed in ${ignoreName}.`;
        return rules.map((rule) => ({ rule, files, isOneFile: false, pointer, reason, at }));
      }),
    ),
  );
  return { ...noLayer, ignores, problems: text.problems };
}
