/** Rule sets of Spectral that are JavaScript: evaluated where that is allowed, and read as if somebody had written them down. */
import { basename } from '../../base/paths';
import type { CodeFunctions } from '../code/functions';
import type { RulesetAnswer } from '../code/messages';
import type { Layer } from '../config/layer';
import { noLayer } from '../config/layer';
import type { Loading } from '../config/loading';
import type { ConfigSeverity } from '../config/text';
import { ConfigText } from '../config/text';
import type { TeamFunctions } from '../declared/read';
import { notRun } from './packages';
import { askOf } from './spectral-functions';

/** What of a rule set is code. */
export interface RulesetCode {
  readonly functions: TeamFunctions | undefined;
  /** What it extends that is no file: objects of the same script. */
  readonly extended?: (name: string) => Promise<Layer> | undefined;
}

type ReadRuleset = (text: ConfigText, loader: Loading, code: RulesetCode) => Promise<Layer>;

export const isScript = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);

/** What a rule set says that is a script; that it is not run, or does not load, is told of. */
export async function scriptLayer(file: string, loader: Loading, read: ReadRuleset): Promise<Layer> {
  const { code } = loader;
  const name = basename(file);
  if (typeof code === 'string') return told(file, notRun(`\`${name}\``, code), 'info');
  if (/\.[cm]?ts$/.test(name))
    return told(file, `\`${name}\` is TypeScript, which is not run here; compile it to JavaScript.`, 'info');
  const answer = code.ruleset(file);
  if (answer.kind === 'fault') {
    const message = `The rule set \`${name}\` can't be used: ${answer.why}. Mend it and save it.`;
    return told(file, message, 'warning');
  }
  return new Script(file, answer, { loader, code, read }).layer(0);
}

interface Means {
  readonly loader: Loading;
  readonly code: CodeFunctions;
  readonly read: ReadRuleset;
}

class Script {
  readonly #file: string;
  readonly #answer: RulesetAnswer;
  readonly #means: Means;
  /** The texts that are being read now: a rule set may extend itself. */
  readonly #open = new Set<number>();

  constructor(file: string, answer: RulesetAnswer, means: Means) {
    this.#file = file;
    this.#answer = answer;
    this.#means = means;
  }

  async layer(at: number): Promise<Layer> {
    if (this.#open.has(at)) return noLayer;
    const { loader, code, read } = this.#means;
    const names = new Set(this.#answer.functions);
    const text = new ConfigText(this.#file, this.#answer.texts[at] ?? '{}', { isMade: true });
    this.#open.add(at);
    try {
      return await read(text, loader, {
        functions: (of, then, name) =>
          names.has(name)
            ? askOf(of, then, { file: this.#file, isOfMany: true, name, schema: undefined, code })
            : undefined,
        extended: (name) => {
          const found = /^ruleset:(\d+)$/.exec(name);
          return found === null ? undefined : this.layer(Number(found[1]));
        },
      });
    } finally {
      this.#open.delete(at);
    }
  }
}

function told(file: string, message: string, severity: ConfigSeverity): Layer {
  const top = { line: 0, character: 0 };
  return { ...noLayer, problems: [{ file, range: { start: top, end: top }, severity, message }] };
}
