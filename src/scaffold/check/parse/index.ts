import { basename } from '../../../base/paths';
import { jsonProblems } from './json';
import { pythonProblems } from './python';
import { tomlProblems } from './toml';
import { yamlProblems } from './yaml';

/** Where a text is not of its language; `line` is zero-based. */
export interface Problem {
  readonly line: number;
  /** A sentence without its full stop. */
  readonly message: string;
}

export type Parser = (text: string) => readonly Problem[];

interface Language {
  readonly name: string;
  readonly parse: Parser;
}

const commented: Language = { name: 'JSON with comments', parse: (text) => jsonProblems(text, true) };
const byExtension: Readonly<Record<string, Language>> = {
  yaml: { name: 'YAML', parse: yamlProblems },
  yml: { name: 'YAML', parse: yamlProblems },
  json: { name: 'JSON', parse: (text) => jsonProblems(text, false) },
  jsonc: commented,
  'code-workspace': commented,
  toml: { name: 'TOML', parse: tomlProblems },
  py: { name: 'Python', parse: pythonProblems },
  pyi: { name: 'Python', parse: pythonProblems },
};
/** What editors and their tools read with comments though it is called .json, and TOML that is called otherwise. */
const takesComments =
  /(^|\/)(\.vscode|\.devcontainer)\/|(^|\/)(tsconfig[\w.-]*|devcontainer|jsconfig)\.json$/;
const tomlNames = new Set(['Pipfile', 'uv.lock', 'poetry.lock', 'pdm.lock']);

/** What is wrong with a file of a language that is known by its path; nothing for all others. */
export function problemsIn(path: string, text: string): readonly Problem[] {
  const language = languageOf(path);
  if (!language) return [];
  return language.parse(text).map(({ line, message }) => ({
    line,
    message: `it is no ${language.name}: ${message.replace(/\.$/, '')}`,
  }));
}

function languageOf(path: string): Language | undefined {
  if (tomlNames.has(basename(path))) return byExtension['toml'];
  const extension = /\.([\w-]+)$/.exec(basename(path))?.[1] ?? '';
  if (extension === 'json' && takesComments.test(path)) return commented;
  return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
}
