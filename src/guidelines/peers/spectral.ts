/** `.spectral.yaml`: rule sets of Spectral, their declarative parts. */
import type { NoCode } from '../code/functions';
import type { Ignore, Layer, Statement } from '../config/layer';
import { joined, noLayer } from '../config/layer';
import type { Loading, Peer } from '../config/loading';
import { baseOf, isPath, pathFrom } from '../config/names';
import { fileMatch } from '../config/match';
import type { Extended } from '../config/own-file';
import type { AliasPath, Aliases } from '../declared/aliases';
import type { ConfigText } from '../config/text';
import type { Rule } from '../rule';
import type { TreeNode } from '../tree';
import { oursOf, statementsFor } from './mapped';
import { notRun, packageLayer } from './packages';
import { readers, spectralRules } from './rules';
import { spectralSeverity } from './severities';
import type { RulesetCode } from './spectral-script';
import { isScript, scriptLayer } from './spectral-script';
import { teamFunctions } from './spectral-functions';
import type { Ruleset } from './spectral-rules';
import { spectralNamed } from './spectral-named';
import { overridesOf } from './spectral-overrides';
import { levelAt, readRuleEntries } from './spectral-rules';

type Mode = 'all' | 'recommended' | 'off';

export const spectral: Peer = {
  async layer(text, loader) {
    if (isScript(text.file)) return scriptLayer(text.file, loader, rulesetLayer);
    return rulesetLayer(text, loader, { functions: await teamFunctions(text, loader) });
  },
};

/** What a rule set says, whether somebody wrote it or it stands for one that is code. */
async function rulesetLayer(text: ConfigText, loader: Loading, code: RulesetCode): Promise<Layer> {
  const { functions } = code;
  const { root } = text;
  const below: Layer[] = [];
  for (const one of extended(text)) {
    const layer = (await code.extended?.(one.name)) ?? (await extendedLayer(text, one, loader));
    below.push(one.mode === 'off' ? switchedOff(layer) : layer);
  }
  const base = joined(below);
  if (root.actual.kind !== 'map') return joined([base, { ...noLayer, problems: text.problems }]);
  const known = new Map(base.custom.map((rule) => [rule.id, rule]));
  const usual = usualOf(root);
  const own = readRuleEntries(text, root.get('rules'), { aliases: aliasesOf(root), known, functions, usual });
  const all = new Map([...known, ...own.custom.map((rule) => [rule.id, rule] as const)]);
  const overrides = overridesOf(text, { aliases: aliasesOf(root), known: all, functions, usual });
  const excepted = exceptedIn(text, all);
  const statements = [
    ...parserStatements(text),
    ...own.statements,
    ...excepted.statements,
    ...overrides.flatMap((one) => one.statements),
  ];
  const custom = [...own.custom, ...overrides.flatMap((one) => one.custom)];
  const { ignores } = excepted;
  const regrades = overrides.flatMap((one) => one.regrades);
  return joined([base, { ...noLayer, statements, custom, ignores, regrades, problems: text.problems }]);
}

/** What a rule set says of all its rules at once. */
function usualOf(root: TreeNode): Ruleset['usual'] {
  return {
    formats: root.actual.childrenOf('formats').flatMap((one) => one.actual.string ?? []),
    documentation: root.actual.stringAt('documentationUrl'),
  };
}

/** `parserOptions`: how grave it is when a key stands in a map twice. */
function parserStatements(text: ConfigText): readonly Statement[] {
  const options = text.root.actual.get('parserOptions');
  if (options === undefined) return [];
  const duplicate = options.actual.get('duplicateKeys');
  const other = options.actual.get('incompatibleValues');
  if (other !== undefined)
    text.sayOfKey(
      other,
      '`incompatibleValues` is not understood: keys that are no texts are read as texts.',
      'info',
    );
  if (duplicate === undefined) return [];
  const level = levelAt(duplicate);
  if (level === undefined) text.say(duplicate, 'A severity is error, warn, info, hint or off.');
  return level === undefined ? [] : statementsFor(['duplicate-key'], level);
}

/** What is extended as `off` is there to be switched on rule by rule. */
function switchedOff(layer: Layer): Layer {
  const statements = layer.statements.map((said) => ({ ...said, level: 'off' as const }));
  return joined([layer, { ...noLayer, statements }]);
}

interface Extending extends Extended {
  readonly mode: Mode;
}

/** Names, each alone or in a list of two with how much of it is taken. */
function extended(text: ConfigText): readonly Extending[] {
  const node = text.root.actual.get('extends');
  const items =
    node?.actual.kind === 'list' && !isPair(node) ? node.actual.children : node === undefined ? [] : [node];
  return items.flatMap((item) => {
    const [first, second] = item.actual.kind === 'list' ? item.actual.children : [item];
    const name = text.text(first, 'extends');
    if (name === undefined) return [];
    const mode = (['all', 'off'] as const).find((one) => one === second?.actual.string) ?? 'recommended';
    return [{ name, node: first ?? item, mode }];
  });
}

const isPair = ({ actual: { children } }: TreeNode): boolean =>
  children.length === 2 && ['all', 'off', 'recommended'].includes(children[1]?.actual.string ?? '');

async function extendedLayer(text: ConfigText, one: Extending, loader: Loading): Promise<Layer> {
  const { name, node, mode } = one;
  if (name.startsWith('spectral:')) return name === 'spectral:oas' ? oasLayer(mode) : noLayer;
  if (/^https?:/.test(name)) {
    text.say(
      node,
      `\`${name}\` is not fetched, so its rules are not checked; keep a copy beside this file.`,
      'info',
    );
    return noLayer;
  }
  if (isScript(name) && typeof loader.code === 'string') return codeNamed(text, one, loader.code);
  return isPath(name) || isScript(name)
    ? loader.file(pathFrom(text.file, name), { text, at: one, peer: spectral })
    : packageLayer({ text, one, loader, peer: spectral });
}

function codeNamed(text: ConfigText, { node, name }: Extended, why: NoCode): Layer {
  text.say(node, notRun(`\`${name}\``, why), 'info');
  return noLayer;
}

/** `spectral:oas`: its rules with its severities, on our rules. */
function oasLayer(mode: Mode): Layer {
  const statements = Object.entries(spectralRules).flatMap(
    ([id, { isRecommended }]): readonly Statement[] => {
      const isOn = mode === 'all' || (mode === 'recommended' && isRecommended);
      return isOn ? statementsFor(oursOf(spectralRules, id), spectralSeverity(id)) : [];
    },
  );
  const reading = mode === 'off' ? [] : statementsFor(readers['spectral-oas'], 'error');
  return { ...noLayer, statements: [...statements, ...reading] };
}

function aliasesOf(root: TreeNode): Aliases {
  return new Map(
    root.actual.childrenOf('aliases').map((alias) => {
      const { actual } = alias;
      const targets = actual.kind === 'map' ? actual.childrenOf('targets') : [actual];
      const paths = targets.flatMap((target): readonly AliasPath[] => {
        const given = actual.kind === 'map' ? target.actual.get('given') : target;
        const items = given?.actual.kind === 'list' ? given.actual.children : [given];
        const formats = target.actual.childrenOf('formats').flatMap((one) => one.actual.string ?? []);
        return items.flatMap((item) => {
          const path = item?.actual.string;
          return path === undefined ? [] : [{ path, ...(formats.length === 0 ? {} : { formats }) }];
        });
      });
      return [alias.key ?? '', paths] as const;
    }),
  );
}

/** `except:` of older rule sets: rules that are off, by file or by place. */
function exceptedIn(
  text: ConfigText,
  known: ReadonlyMap<string, Rule>,
): Pick<Layer, 'statements' | 'ignores'> {
  const base = baseOf(text.file);
  const statements: Statement[] = [];
  const ignores: Ignore[] = [];
  for (const entry of text.root.actual.childrenOf('except')) {
    const [path = '', pointer] = (entry.key ?? '').split('#');
    const files = fileMatch(path, base);
    for (const rule of entry.actual.children) {
      const name = rule.actual.string ?? '';
      const ours = known.has(name) ? [name] : spectralNamed(name).ours;
      if (pointer === undefined) statements.push(...statementsFor(ours, 'off', { files }));
      else {
        const at = { file: text.file, range: text.placeOf(rule) };
        const reason = 'It is excepted in the rule set.';
        ignores.push(...ours.map((one) => ({ rule: one, files, isOneFile: false, pointer, reason, at })));
      }
    }
  }
  return { statements, ignores };
}
