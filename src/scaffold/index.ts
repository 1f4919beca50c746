// Scaffold: a template and answers become a plan of files in memory, and the plan a new service, whole or not at all.
// May use base and its ports; yaml.ts and record.ts are the doors to yaml, assemble.ts is that of templates, text/ reads and writes their texts.
// To extend: a template is a folder in templates/ (see CONTRIBUTING); a new key of template.yaml is a row in manifest/keys.ts and help.ts.
export type { Answer, Answers } from './answers';
export { checkAnswer, completeAnswers, defaultAnswer } from './answers';
export type { CheckReport, Finding, Matrix, Trial } from './check';
export { checkTemplate, findingText, matrixOf } from './check';
export type { Created, CreateWorld, Decision, ServicePlan } from './create';
export { createService, planService } from './create';
export type { FileChange, RenderedFile } from './plan';
export type { ListedFile, Listing, TemplateOrigin } from './assemble';
export { assembleTemplate } from './assemble';
export { listTemplate, loadTemplate, loadTemplates, readTemplate } from './source';
export type { Offer, Resolved, ResolveOptions, SourceWorld } from './sources/resolve';
export { listAll, listTemplates, resolveTemplate } from './sources/resolve';
export type { Template, TemplateInput } from './template';
