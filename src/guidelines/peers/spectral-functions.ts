/** `functions:` of a Spectral rule set: JavaScript of the team, run where that is allowed. */
import { messageOf } from '../../base/errors';
import { dirname, join, relative } from '../../base/paths';
import { codeAsk } from '../code/ask';
import type { CodeFunctions } from '../code/functions';
import type { Loading } from '../config/loading';
import { pathFrom } from '../config/names';
import type { ConfigText } from '../config/text';
import { plain } from '../config/text';
import type { Ask } from '../declared/functions';
import type { TeamFunctions } from '../declared/read';
import { schemaFaults, unknownKeywords } from '../declared/schema';
import type { TreeNode } from '../tree';
import { namedIn, notRun } from './packages';

interface Loaded {
  readonly file: string;
  /** What its options must look like; undefined says nothing of them. */
  readonly schema: unknown;
}

interface Means {
  readonly loader: Loading;
  readonly code: CodeFunctions;
}

const extensions = ['js', 'mjs', 'cjs'] as const;

/** Loads what a rule set names. Undefined when it names none, or none may be run; that is told of. */
export async function teamFunctions(text: ConfigText, loader: Loading): Promise<TeamFunctions | undefined> {
  const node = text.root.actual.get('functions');
  if (node === undefined) return undefined;
  const { code } = loader;
  if (typeof code === 'string') {
    text.sayOfKey(node, notRun(`What \`functions\` names${namedIn(node)}`, code), 'info');
    return undefined;
  }
  const folder = pathFrom(text.file, text.root.actual.stringAt('functionsDir') ?? './functions');
  const known = new Map<string, Loaded | undefined>();
  for (const item of text.items(node, 'functions')) {
    const [first, second] = item.actual.kind === 'list' ? item.actual.children : [item];
    const name = text.text(first, 'functions');
    if (name === undefined || first === undefined) continue;
    const file = await load(text, { node: first, name, folder }, { loader, code });
    known.set(name, file === undefined ? undefined : { file, schema: second && plain(second) });
  }
  return (at, then, name) => {
    const loaded = known.get(name);
    if (loaded !== undefined) return askOf(at, then, { ...loaded, name, code });
    return known.has(name) ? 'told' : undefined;
  };
}

interface Named {
  readonly node: TreeNode;
  readonly name: string;
  readonly folder: string;
}

/** The file of a function that could be loaded; what is wrong is told of. */
async function load(text: ConfigText, named: Named, { loader, code }: Means): Promise<string | undefined> {
  const { node, name, folder } = named;
  const paths = extensions.map((extension) => join(folder, `${name}.${extension}`));
  for (const path of paths) {
    const found = await look(path, loader);
    if (found === undefined) continue;
    const fault = found === 'there' ? code.load(path) : found;
    if (fault === undefined) return path;
    text.say(
      node,
      `The function \`${name}\` can't be used: ${fault}. Mend ${relative(dirname(text.file), path)} and save it.`,
      'warning',
    );
    return undefined;
  }
  const missing = `There is no ${relative(dirname(text.file), paths[0] ?? '')} for the function \`${name}\``;
  text.say(node, `${missing}; make it, or say where it is with \`functionsDir\`.`, 'warning');
  return undefined;
}

/** Whether a file is there, or why that can't be seen. */
async function look(path: string, loader: Loading): Promise<string | undefined> {
  try {
    return (await loader.text(path)) === undefined ? undefined : 'there';
  } catch (error) {
    return `its file can't be read (${messageOf(error).replace(/\.$/, '')})`;
  }
}

interface Called extends Loaded {
  readonly name: string;
  readonly code: CodeFunctions;
  /** Whether the file is a rule set that holds it with others. */
  readonly isOfMany?: boolean;
}

export function askOf(
  text: ConfigText,
  then: TreeNode,
  { name, file, schema, code, isOfMany = false }: Called,
): Ask | 'told' {
  const options = then.actual.get('functionOptions');
  const node = then.actual.get('function') ?? then;
  if (options !== undefined && schema !== undefined && unknownKeywords(schema).length === 0) {
    const [fault] = schemaFaults(options, schema, (one) => one.actual);
    if (fault !== undefined) {
      text.say(fault.at ?? options, `\`${name}\` does not take these options: ${fault.why}.`);
      return 'told';
    }
  }
  return codeAsk({
    functions: code,
    file,
    isOfMany,
    name,
    options: options === undefined ? null : plain(options),
    place: { file: text.file, range: text.placeOf(node) },
  });
}
