import type { CliContext, CliInput } from '../../../base/cli';
import { join } from '../../../base/paths';
import { secretVariable } from '../../answer';
import type { Answer, Answers } from '../../answers';
import { fitAnswer } from '../../answers';
import { brokenAnswers, exposedSecret, notAnAnswer } from '../../errors';
import { parseAnswers } from '../../manifest';
import type { Template } from '../../template';

/**
 * What the command line answers: `--answers`, over it `--set`. A secret is taken from stdin or the environment alone:
 * a command line is seen by others, and a file stays.
 */
export async function givenAnswers(
  input: CliInput,
  context: CliContext,
  template: Template,
): Promise<Answers> {
  const secrets = template.inputs.filter((one) => one.type === 'secret').map((one) => one.key);
  const file = input.text('answers');
  const read = file === undefined ? {} : await answersIn(file, context);
  const set = input.list('set').map((pair) => pairOf(pair, template));
  const exposed = [...(file === '-' ? [] : Object.keys(read)), ...set.map(([key]) => key)];
  const secret = exposed.find((key) => secrets.includes(key));
  if (secret !== undefined) throw exposedSecret(secret);
  const given = new Map<string, Answer>([
    ...secrets.flatMap((key) => fromEnvironment(key, context)),
    ...Object.entries(read),
    ...set,
  ]);
  const fitted = [...given].map(([key, answer]): readonly [string, Answer] => {
    const asked = template.inputs.find((one) => one.key === key);
    return [key, asked ? fitAnswer(asked, answer) : answer];
  });
  return Object.fromEntries(fitted);
}

function pairOf(pair: string, template: Template): readonly [string, Answer] {
  const cut = pair.indexOf('=');
  if (cut < 1)
    throw notAnAnswer(
      pair,
      template.inputs.map((one) => one.key),
    );
  return [pair.slice(0, cut), pair.slice(cut + 1)];
}

function fromEnvironment(key: string, { env }: CliContext): readonly (readonly [string, Answer])[] {
  const value = env[secretVariable(key)];
  return value === undefined || value === '' ? [] : [[key, value]];
}

async function answersIn(file: string, context: CliContext): Promise<Answers> {
  if (file === '-') return parseAnswers(await context.stdin(), 'stdin');
  const path = absolute(context.cwd, file);
  const text = await context.files.readText(path);
  if (text === undefined) throw brokenAnswers(path, 'there is no such file');
  return parseAnswers(text, path);
}

/** An absolute path with `/`, as the ports take them; on Windows a drive makes a path absolute. */
export function absolute(cwd: string, path: string): string {
  const windows = /^[A-Za-z]:[\\/]/;
  const slashed = (one: string): string => (windows.test(cwd) ? one.replaceAll('\\', '/') : one);
  return path.startsWith('/') || windows.test(path) ? join(slashed(path)) : join(slashed(cwd), slashed(path));
}
