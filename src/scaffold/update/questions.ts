import type { World } from '../../base/ports';
import type { Answers } from '../answers';
import { answersBefore, checkInput, defaultAnswer, isAsked } from '../answers';
import { renderOf } from '../plan';
import type { Template, TemplateInput } from '../template';
import { migrateAnswers } from './answers';
import type { Shelf } from './shelf';
import type { UpdateOptions } from './update';
import { recordOf, wantedTemplate } from './update';

/** What an update starts from: the template of the version to go to, and the answers that are known for it. */
export interface UpdateStart {
  readonly template: Template;
  readonly answers: Answers;
}

/** Reads what an update of the service in `dir` would render. Writes nothing. Throws UserError `scaffold/…`. */
export async function startOf(
  dir: string,
  shelf: Shelf,
  options: UpdateOptions,
  world: Pick<World, 'files'>,
): Promise<UpdateStart> {
  const { record } = await recordOf(dir, world.files);
  const template = await wantedTemplate(record, shelf, options.to);
  const { answers } = migrateAnswers(record.answers, record.version, template);
  return { template, answers: { ...answers, ...options.set } };
}

/** The inputs that have to be asked: nobody answered them, and their default, if they have one, can't be taken. In order. */
export function openInputs({ template, answers }: UpdateStart): readonly TemplateInput[] {
  const render = renderOf(template);
  return template.inputs.filter((input) => {
    if (input.type === 'secret' || Object.hasOwn(answers, input.key)) return false;
    const before = answersBefore(template, input, answers, render);
    if (!isAsked(input, before)) return false;
    const usual = defaultAnswer(input, before, render);
    return checkInput(template, input, usual, { render, before }) !== undefined;
  });
}
