import { checkGenerated } from './generate';
import { inTurn } from './output';
import { run } from './processes';

const script = async (name: string): Promise<number> => (await run('npm', ['run', '--silent', name])).code;

/** Two lanes: to look at the format of every file takes one processor as long as everything else takes the other. */
const lanes: readonly (readonly (() => Promise<number>)[])[] = [
  [checkGenerated, () => script('types'), () => script('lint')],
  [() => script('format')],
];

/** Everything that is checked without running tests, each to its end; 1 when any of it found something. */
export async function checkAll(): Promise<number> {
  const running: Promise<boolean>[] = [];
  for (const lane of lanes) running.push(inTurn(Promise.all(running), () => isClean(lane)));
  return (await Promise.all(running)).every(Boolean) ? 0 : 1;
}

async function isClean(lane: readonly (() => Promise<number>)[]): Promise<boolean> {
  let clean = true;
  for (const step of lane) clean = (await step()) === 0 && clean;
  return clean;
}
