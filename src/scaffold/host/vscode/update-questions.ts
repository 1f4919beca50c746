import type { Answer, Answers } from '../../answers';
import { answersBefore } from '../../answers';
import { renderOf } from '../../plan';
import type { UpdateStart } from '../../update';
import { openInputs } from '../../update';
import { askOne } from './question';

/**
 * Asks what a newer version of a template asks and nothing answers, one question after the other with Back. Gives the answers by key.
 * Throws AbortError when the person leaves.
 */
export async function askOpenInputs({ template, answers }: UpdateStart, title: string): Promise<Answers> {
  const given = new Map<string, Answer>();
  /** Answers that were gone back over: what their question starts with. */
  const before = new Map<string, Answer>();
  for (;;) {
    const known = { ...answers, ...Object.fromEntries(given) };
    const open = openInputs({ template, answers: known });
    const [input] = open;
    if (!input) return Object.fromEntries(given);
    const reply = await askOne(
      {
        template,
        input,
        before: answersBefore(template, input, known, renderOf(template)),
        known: before.get(input.key),
        remembered: undefined,
      },
      { title, step: given.size + 1, totalSteps: given.size + open.length },
    );
    if (reply !== 'back') given.set(input.key, reply.value.value);
    else {
      const last = [...given.keys()].at(-1);
      if (last === undefined) continue;
      before.set(last, given.get(last) ?? '');
      given.delete(last);
    }
  }
}
