import { brokenTemplate } from '../errors';
import type { Spot } from '../spot';
import { checkKeys, listAt, matching, textAt, textsAt } from '../spot';
import type { TemplateManifest } from '../template';
import { spotIn } from '../yaml';
import { readAction, readConstraint } from './actions';
import { readComputed, readInputs } from './inputs';
import type { Inputs } from './keys';
import { templateKeys } from './keys';
import { checkNames } from './names';
import { readPresets } from './presets';
import { readRules } from './rules';
import { readMigrations, readRename } from './updates';

export { parseAnswers } from './answers';

/**
 * Reads the text of a `template.yaml`; `path` is for messages.
 * Throws UserError `scaffold/broken-template` that says what is wrong, in which line, and what to write.
 */
export function parseTemplate(text: string, path: string): TemplateManifest {
  const root = spotIn(text, (why, line) => brokenTemplate(path, why, line));
  checkKeys(root, templateKeys);
  const inputs = readInputs(root);
  const manifest: TemplateManifest = {
    ...readHead(root),
    inputs: [...inputs.values()],
    presets: readPresets(root, inputs),
    computed: readComputed(root.at('computed')),
    ...readRest(root, inputs),
  };
  checkNames(manifest, root);
  return manifest;
}

type Head = Pick<TemplateManifest, 'id' | 'version' | 'title' | 'description' | 'include'>;

function readHead(root: Spot): Head {
  const id = matching(root, 'id', /^[a-z][a-z0-9-]{0,63}$/, 'lower-case words joined by hyphens');
  if (id === 'shared' || id === 'versions')
    throw root.at('id').broken(`no template can be called ${id}, a folder beside the templates`);
  const include = textsAt(root, 'include');
  include.forEach((set, index) => {
    if (!/^[a-z][a-z0-9-]*$/.test(set))
      throw root.at('include').at(index).broken(`${set} names no folder of shared/`);
  });
  return {
    id,
    version: matching(root, 'version', /^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'three numbers, as in 1.0.0'),
    title: textAt(root, 'title'),
    description: textAt(root, 'description'),
    include,
  };
}

function readRest(
  root: Spot,
  inputs: Inputs,
): Omit<TemplateManifest, keyof Head | 'inputs' | 'presets' | 'computed'> {
  return {
    files: readRules(root, inputs),
    renames: listAt(root, 'renames').map(readRename),
    migrations: readMigrations(root),
    constraints: listAt(root, 'constraints').map(readConstraint),
    actions: listAt(root, 'actions').map((spot) => readAction(spot, inputs)),
    next: textsAt(root, 'next'),
  };
}
