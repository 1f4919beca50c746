/** What each key of a `template.yaml` means, for the JSON Schema and for completion; the parts of `keys.ts`. */
export const help = {
  template: {
    id: 'The name of the folder and of the template on the command line: lower-case words joined by hyphens.',
    version: 'Three numbers, as in 1.0.0. A service records it, and an update goes from one to the next.',
    title: 'What people choose.',
    description: 'One sentence for people.',
    include: 'Folders of `shared/` beside this folder; own files win over theirs.',
    inputs: 'What is asked, in this order.',
    presets: 'Sets of answers to start from.',
    computed: 'Values made of answers, in this order: an expression as `{{snake name}}`.',
    files: 'Which files are managed, and which are written only under a condition.',
    renames: 'Paths that this version calls otherwise than older ones.',
    migrations: 'What to do with answers that an older version recorded.',
    constraints: 'Programs that the service needs; shown before anything is written.',
    actions: 'What is done once the files are written.',
    next: 'Commands to go on with, shown at the end.',
  },
  input: {
    key: 'The name of the answer in files and conditions: letters and digits.',
    type: 'The kind of answer; string unless said.',
    title: 'The name of the question.',
    prompt: 'What the answer is for, and its format.',
    when: 'Asked only where this holds, as in `tasks == celery and not sentry`; over the answers before it.',
    placeholder: 'An example, shown while the box is empty.',
    pattern: 'A regular expression that the answer must match.',
    maxLength: 'The longest answer; 200 unless said, at most 1000.',
    message: 'What to say when the pattern or the length refuse an answer.',
    reserved: 'Answers that can not be taken.',
    reservedMessage: 'What to say about those.',
    default:
      'The answer unless another is given: an expression, a value, a condition or a list, by the type.',
    choices: 'The values to choose from: words, or mappings with more about each.',
    minimum: 'How many must be chosen at least.',
  },
  choice: {
    value: 'The word in files and conditions, without spaces and commas.',
    title: 'What people see.',
    description: 'A sentence about it.',
    when: 'Can be chosen only where this holds.',
    reason: 'Why it can not be chosen where `when` does not hold.',
  },
  preset: {
    id: 'Its name on the command line.',
    title: 'What people choose.',
    description: 'A sentence about it.',
    answers: 'Answers by key; those that a person gives go over them.',
  },
  rule: {
    match: 'A glob over the paths of the service, as in `.circleci/**`.',
    class: 'managed is updated with the template; sample is written once and then the service’s own.',
    when: 'Written only where this holds, as in `ci has circleci`.',
  },
  rename: {
    since: 'The version that first had the new path.',
    from: 'The old path in the service.',
    to: 'The new path.',
  },
  migration: {
    version: 'Answers of services older than this are changed.',
    rename: 'Old key: new key.',
    split: 'Old key: `into:` new keys, each with its answer by the old one.',
    default: 'Answers to questions that were not asked then.',
  },
  constraint: {
    tool: 'A program on the PATH.',
    version: 'A range, as in `>=3.11 <4`.',
    why: 'What it is for, to follow its name: `runs the service`.',
  },
  action: {
    type: 'What is done.',
    title: 'What people see.',
    manual: 'How to do it by hand.',
    task: 'The target of the service’s Makefile that is run.',
    when: 'Done only where this holds.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Lists of `template.yaml`, and what each of their items is. */
export const sections: Readonly<Record<string, Exclude<keyof typeof help, 'template'>>> = {
  inputs: 'input',
  choices: 'choice',
  presets: 'preset',
  files: 'rule',
  renames: 'rename',
  migrations: 'migration',
  constraints: 'constraint',
  actions: 'action',
};
