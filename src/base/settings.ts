/**
 * Every setting of the extension, once: its type, its default, the manifest's schema and the README's table all come from here.
 */

type Scope = 'application' | 'machine' | 'machine-overridable' | 'window' | 'resource';

export interface Setting<T> {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: T;
  readonly description: string;
  readonly scope: Scope;
  /** A workspace that is not trusted can't set it: it names a program or a path. */
  readonly restricted: boolean;
}

type Options = { readonly scope?: Scope; readonly restricted?: boolean };

function setting<T>(
  schema: Readonly<Record<string, unknown>>,
  value: T,
  description: string,
  options: Options,
): Setting<T> {
  return {
    schema,
    default: value,
    description,
    scope: options.scope ?? 'resource',
    restricted: options.restricted ?? false,
  };
}

const flag = (value: boolean, description: string, options: Options = {}): Setting<boolean> =>
  setting({ type: 'boolean' }, value, description, options);
const text = (value: string, description: string, options: Options = {}): Setting<string> =>
  setting({ type: 'string' }, value, description, options);
const texts = (
  value: readonly string[],
  description: string,
  options: Options = {},
): Setting<readonly string[]> =>
  setting({ type: 'array', items: { type: 'string' } }, value, description, options);

const severities = ['off', 'hint', 'info', 'warning', 'error'] as const;

const presets = [
  'recommended',
  'strict',
  'lyst',
  'heroku',
  'zalando',
  'google',
  'owasp',
  'spectral-oas',
  'redocly-recommended',
] as const;

export const settings = {
  'guidelines.enable': flag(
    true,
    'Check OpenAPI and Swagger documents against the API guidelines while typing.',
  ),
  'guidelines.preset': setting<(typeof presets)[number]>(
    { type: 'string', enum: presets },
    'recommended',
    'The guideline rules that hold where there is no `.servicewright/guidelines.yaml`.',
    {},
  ),
  'guidelines.rules': setting<Readonly<Record<string, (typeof severities)[number]>>>(
    { type: 'object', additionalProperties: { type: 'string', enum: severities } },
    {},
    'Severity of single guideline rules, by rule id; `off` silences a rule.',
    {},
  ),
  'guidelines.breakingBase': text(
    'merge-base',
    'What an API description is compared with to tell breaking changes: `merge-base` is where the branch left the default branch of the repository; else a branch, a tag or a commit; `off` compares nothing.',
  ),
  'guidelines.runFunctions': flag(
    false,
    'Run the JavaScript functions of Spectral rule sets, as `lint --run-functions` does. They run in a worker with a time limit, and never in a workspace that is not trusted.',
    { scope: 'machine-overridable', restricted: true },
  ),
  'guidelines.codeLens': flag(
    true,
    'Show above each component of an API description how often it is referred to.',
  ),
  'tasks.codeLens': flag(true, 'Show *Run* above targets, and on the commands in a README.'),
  'tasks.diagnostics': flag(
    true,
    'Show problems of Makefiles while typing: blanks for a tab, unknown prerequisites, recipes that are passed over, slips in variables.',
  ),
  'tasks.makeCommand': texts(
    ['make'],
    'The make program and its first arguments, for example `["gmake"]` or `["wsl", "-e", "make"]`.',
    { scope: 'machine-overridable', restricted: true },
  ),
  'scaffold.face': setting<'form' | 'quickPick'>(
    { type: 'string', enum: ['form', 'quickPick'] },
    'form',
    'How *New Microservice* asks: one form with a preview of the files, or one question after the other.',
    { scope: 'window' },
  ),
  'tasks.justCommand': texts(['just'], 'The just program and its first arguments.', {
    scope: 'machine-overridable',
    restricted: true,
  }),
  'tasks.taskCommand': texts(['task'], 'The program that runs a Taskfile, and its first arguments.', {
    scope: 'machine-overridable',
    restricted: true,
  }),
  'scaffold.parentFolder': text(
    '',
    'Where *New Microservice* puts new services; empty asks, starting beside the open folder.',
    { scope: 'machine-overridable', restricted: true },
  ),
  'scaffold.templates': texts(
    [],
    'Templates that the team keeps, beside those of the extension: folders, and git repositories as `git+https://host/repo.git#v1:folder`. A repository or folder with several templates offers them all.',
    { scope: 'machine-overridable', restricted: true },
  ),
  'scaffold.afterCreate': setting<'ask' | 'open' | 'openInNewWindow' | 'addToWorkspace' | 'nothing'>(
    { type: 'string', enum: ['ask', 'open', 'openInNewWindow', 'addToWorkspace', 'nothing'] },
    'ask',
    'What happens with a new service when its files are written.',
    { scope: 'window' },
  ),
  'deploy.statusBar': flag(true, 'Show the deploy button in the status bar when a service is open.', {
    scope: 'window',
  }),
  'deploy.image': setting<'ci' | 'docker'>(
    { type: 'string', enum: ['ci', 'docker'] },
    'ci',
    'Where the image comes from, for platforms that run images: CI has built it, or it is built and pushed here with docker.',
    { scope: 'machine-overridable', restricted: true },
  ),
  'platform.python': text(
    '',
    'The Python program with which the embedded platform builds services; empty finds `python3` on the PATH.',
    { scope: 'machine-overridable', restricted: true },
  ),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof settings;
export type SettingValue<N extends SettingName> = (typeof settings)[N] extends Setting<infer T> ? T : never;

/** How a room reads its settings; `at` is the file or folder that they are asked for. */
export interface Settings {
  get<N extends SettingName>(name: N, at?: string): SettingValue<N>;
}
