/** What each key of `.servicewright/guidelines.yaml` means: for its JSON Schema, for completion and for what is said of unknown keys. */
export const help = {
  root: {
    extends:
      'What this file builds on, in order, later over earlier: presets, other files of this kind, .spectral.yaml or redocly.yaml files, packages in node_modules. `recommended` unless said.',
    rules: 'Rules by id: a severity, or a mapping of `severity` and the rule’s options.',
    overrides: 'Rules for some files only, over all that is said before.',
    ignores: 'Findings to live with, each with the reason.',
    custom: 'Rules of your own, by id: where to look (`given`) and what must hold there (`then`).',
    refs: 'Where references (`$ref`) may lead beside the files of the workspace; nowhere unless said.',
  },
  refs: {
    urls: 'Web addresses that references may lead to, each with all that is below it, as in https://schemas.example.com/. What stands there is fetched, and only in trusted workspaces; http only where it is written so.',
    privateHosts:
      'Hosts of those addresses that may be this machine or one of a private network. IP addresses and localhost in `urls` speak for themselves.',
  },
  override: {
    files:
      'Globs, seen from the folder that holds `.servicewright`; one without a slash holds in every folder.',
    rules: 'Rules by id, as at the top.',
  },
  ignore: {
    rule: 'The id of the rule.',
    path: 'The file, or a glob, seen from the folder that holds `.servicewright`; every file unless said.',
    at: 'JSON pointer of the place, as in /paths/~1orders/get; the whole file unless said.',
    reason: 'Why this may stay.',
  },
  rule: {
    severity: 'How grave a finding is; `off` silences the rule.',
  },
  custom: {
    summary: 'One sentence: what holds when the rule is kept.',
    why: 'Why it matters to those who call or keep the API.',
    message:
      'What a finding says. `{{value}}`, `{{property}}`, `{{path}}` and `{{error}}` stand for themselves.',
    severity: 'How grave a finding is; warning unless said.',
    given: 'JSONPath of what is looked at, as in `$.paths[*][get,post]`; one or a list.',
    then: 'What must hold there; one or a list.',
    resolved: 'Whether `$ref`s are followed on the way; true unless said.',
    formats: 'Only for these: oas2, oas3, oas3_0, oas3_1, oas3_2.',
    url: 'Where more is written about it.',
  },
  then: {
    field: 'The entry that is looked at; `@key` for the keys; the value itself unless said.',
    function: 'What is asked of it.',
    functionOptions: 'What the function needs to know.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type ConfigPart = keyof typeof help;

export const keysOf = (part: ConfigPart): readonly string[] => Object.keys(help[part]);
