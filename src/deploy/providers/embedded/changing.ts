import { isObject, stringAt, stringMap } from '../../../base/json';
import { cantResize, noSuchApp } from '../../errors';
import type { Config, Formation, RunEvent, Runs, Scaling, Target } from '../../provider';
import { linesOf, parseJson, textOf } from '../lines';
import type { Engine } from './calls';
import { appPath, get, patch, post, readJson, remove } from './calls';

/** Variables, quantities and single commands of the embedded platform. */

export function createConfig(engine: Engine): Config {
  return {
    async read(target, release, signal) {
      const path = release === undefined ? '/config-vars' : `/releases/${release}/config-vars`;
      const found = await readJson(engine, get('list variables', appPath(target, path)), signal);
      if (found === undefined) throw noSuchApp(target.app);
      return stringMap(found);
    },
    async change(target, changes, message, signal) {
      const path = appPath(target, `/config-vars?message=${encodeURIComponent(message)}`);
      const response = await engine.call(patch('change variables', path, changes), signal);
      return stringMap(parseJson(await textOf(response.body)));
    },
  };
}

export function createScaling(engine: Engine): Scaling {
  const formation: Scaling['formation'] = async (target, signal) => {
    const found = await readJson(engine, get('say how many run', appPath(target, '/formation')), signal);
    if (found === undefined) throw noSuchApp(target.app);
    return readFormation(found);
  };
  return {
    formation,
    async scale(target, changes, _message, signal) {
      if (changes.some(({ size }) => size !== undefined)) throw cantResize();
      const updates = changes.map(({ type, quantity }) => ({ type, quantity }));
      const call = patch(`scale ${target.app}`, appPath(target, '/formation'), { updates });
      const response = await engine.call(call, signal);
      return readFormation(parseJson(await textOf(response.body)));
    },
    async restart(target, process, _message, signal) {
      const path = appPath(target, `/dynos${process === undefined ? '' : `/${encodeURIComponent(process)}`}`);
      await engine.call(remove(`restart ${process ?? target.app}`, path), signal);
    },
  };
}

/** A process of this machine has no size; the word stands where other platforms have one. */
const size = 'local';

function readFormation(value: unknown): readonly Formation[] {
  const found = Array.isArray(value) ? value : [];
  return found
    .map((one: unknown) => {
      const type = stringAt(one, 'type');
      const quantity = isObject(one) ? one['quantity'] : undefined;
      return type === undefined || typeof quantity !== 'number' ? undefined : { type, quantity, size };
    })
    .filter((one) => one !== undefined)
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

export function createRuns(engine: Engine): Runs {
  const exec = async function* (
    target: Target,
    command: { readonly command: string; readonly input?: string },
    signal: AbortSignal,
  ): AsyncIterable<RunEvent> {
    const response = await engine.call(post('run a command', appPath(target, '/dynos'), command), signal);
    for await (const line of linesOf(response.body)) {
      const event = readRunEvent(parseJson(line));
      if (event) yield event;
    }
  };
  return {
    exec,
    async *run(target, command, _message, signal) {
      for await (const event of exec(target, { command }, signal)) if (event.type === 'out') yield event.text;
    },
  };
}

export function readRunEvent(value: unknown): RunEvent | undefined {
  if (!isObject(value)) return undefined;
  const { type, code } = value;
  if (type === 'exit') return typeof code === 'number' ? { type, code } : undefined;
  const text = stringAt(value, 'text');
  const stream = value['stream'] === 'stderr' ? 'stderr' : 'stdout';
  return type === 'out' && text !== undefined ? { type, stream, text } : undefined;
}
