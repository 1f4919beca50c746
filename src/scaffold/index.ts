// Scaffold: a template and answers become a plan of files in memory, and the plan a new service, whole or not at all.
// May use base and its ports; manifest.ts is the one door to yaml, render.ts the one door to handlebars.
// To extend: a template is a folder in templates/ (see CONTRIBUTING); a new action is a case in create.ts.
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
