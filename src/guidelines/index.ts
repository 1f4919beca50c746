// Guidelines: finds what is wrong, or could be better, in an OpenAPI or Swagger document, and says why and how to mend it.
// May use base; yaml-package.ts is its one door to yaml. Hosts: lsp.ts (the language server), vscode.ts (its client), cli.ts.
// Several files: project/ follows references and says what each part is. Editors: language/ finds, renames, completes.
// To extend: a new rule is one file rules/<id>.ts with defineRule; `npm run gen` lists it, and its examples are its first tests.
export { looksLikeSpec } from './detect';
export type { CheckOptions, Level } from './engine';
export { checkSpec } from './engine';
export type { Finding } from './finding';
export { rulePage } from './explain';
export type { Fix, Preset, Rule, Severity, Source } from './rule';
export { defineRule } from './rule';
export { allRules } from './rules/index.gen';
export type { Spec } from './spec';
