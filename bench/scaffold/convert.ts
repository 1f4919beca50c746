import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { completeAnswers } from '../../src/scaffold';
import type { Template } from '../../src/scaffold';
import { renderFiles, renderOf } from '../../src/scaffold/plan';

/**
 * The same template for copier and for cookiecutter, made mechanically: our template is rendered with words that stand nowhere else, and
 * these words become expressions. So all three have the same files, the same number of expressions and the same result; conditions and
 * loops are worked out already, which is to the peers' advantage.
 */

const words = { name: 'zqxw-vkjy', owner: 'zqxw-team', description: 'Zqxw says what vkjy is for.' };
/** What stands for each word; the longest first. */
const expressions: readonly (readonly [word: string, key: string])[] = [
  [words.description, 'description'],
  [words.owner, 'owner'],
  [words.name, 'name'],
  ['zqxw_vkjy', 'module'],
  ['Zqxw Vkjy', 'display'],
  ['ZqxwVkjy', 'pascal'],
];
const computed = {
  module: "{{ P.name | replace('-', '_') }}",
  display: "{{ P.name | replace('-', ' ') | title }}",
  pascal: "{{ P.name | replace('-', ' ') | title | replace(' ', '') }}",
};

interface Converted {
  readonly path: string;
  readonly text: Uint8Array;
  readonly executable: boolean;
  readonly isRendered: boolean;
}

/** The files of the template as a peer has them, its values below `prefix`. */
function converted(template: Template, prefix: string): readonly Converted[] {
  const { context } = completeAnswers(template, words, renderOf(template));
  return renderFiles(template, context, renderOf(template)).map(({ path, bytes, executable }) => {
    const text = Buffer.from(bytes).toString('utf8');
    const isRendered = expressions.some(([word]) => text.includes(word));
    return {
      path: withExpressions(path, prefix),
      text: isRendered ? Buffer.from(withExpressions(literal(text), prefix)) : bytes,
      executable,
      isRendered,
    };
  });
}

/** What Jinja would read as its own, as texts. */
const literal = (text: string): string => text.replaceAll(/\{\{|\{%|\{#/g, (sign) => `{{ '${sign}' }}`);

const withExpressions = (text: string, prefix: string): string =>
  expressions.reduce((out, [word, key]) => out.replaceAll(word, `{{ ${prefix}${key} }}`), text);

function write(root: string, path: string, text: Uint8Array | string, executable = false): void {
  const at = join(root, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text);
  if (executable) chmodSync(at, 0o755);
}

/** copier renders files that end in `.jinja`; it takes a template's version from git. */
export function toCopier(template: Template, root: string): void {
  const own = Object.entries(computed).map(
    ([key, expression]) =>
      `${key}:\n  type: str\n  when: false\n  default: "${expression.replace('P.', '')}"\n`,
  );
  const asked = Object.keys(words).map((key) => `${key}:\n  type: str\n  default: x\n`);
  write(root, 'copier.yml', `_subdirectory: template\n${[...asked, ...own].join('')}`);
  for (const { path, text, executable, isRendered } of converted(template, ''))
    write(root, join('template', isRendered ? `${path}.jinja` : path), text, executable);
  write(root, 'template/{{ _copier_conf.answers_file }}.jinja', '{{ _copier_answers|to_nice_yaml -}}\n');
  commit(root);
}

/** cookiecutter renders every file that it is not told to copy. */
export function toCookiecutter(template: Template, root: string): void {
  const files = converted(template, 'cookiecutter.');
  const own = Object.entries(computed).map(([key, one]) => [key, one.replace('P.', 'cookiecutter.')]);
  const copied = files.filter((one) => !one.isRendered).map((one) => one.path);
  const context = {
    name: 'x',
    owner: 'x',
    description: 'x',
    ...Object.fromEntries(own),
    _copy_without_render: copied,
  };
  write(root, 'cookiecutter.json', JSON.stringify(context, null, 2));
  for (const { path, text, executable } of files)
    write(root, join('{{cookiecutter.name}}', path), text, executable);
  commit(root);
}

function commit(root: string): void {
  const author = { NAME: 'bench', EMAIL: 'bench@example.com' };
  const env = {
    ...process.env,
    ...Object.fromEntries(
      Object.entries(author).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  };
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
    ['commit', '-qm', 'template'],
    ['tag', 'v1.0.0'],
  ])
    execFileSync('git', args, { cwd: root, env });
}
