/** The texts that are edited at random: small ones often, larger ones seldom, and each third time with slips in them from the start. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createRandom } from '../../test/helpers/random';
import { layouts, pretty, shop } from '../../test/unit/guidelines/layouts';
import { mutated } from '../../test/unit/guidelines/yaml-mutations';

const tiny = 4000;
const small = 25_000;
const middle = 2_000_000;
/** One run in so many is of a small text, and of one of middle size. */
const rare = { small: 12, middle: 300 };

export interface Run {
  readonly name: string;
  readonly text: string;
  readonly count: number;
}

type Named = readonly [name: string, text: string];

/** Other versions of the same small description. */
const versions: readonly Named[] = ['3.0.3', '3.1.0', '3.2.0'].flatMap((version): readonly Named[] => {
  const value: unknown = JSON.parse(pretty.replace('"3.0.3"', `"${version}"`));
  return [
    [`the shop, ${version}, JSON`, JSON.stringify(value, undefined, 2)],
    [`the shop, ${version}, YAML`, stringify(value)],
  ];
});

const own: readonly Named[] = [['the shop', shop], ...Object.entries(layouts), ...versions];

/** The first lines of a large text: what a half-written one looks like. */
const firstPart = (text: string): string => text.slice(0, text.lastIndexOf('\n', 300_000) + 1);

export class Texts {
  readonly #tiny: readonly Named[];
  readonly #small: readonly Named[];
  readonly #middle: readonly Named[];

  constructor(folder: string) {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const all = names
      .filter((name) => /\.(?:ya?ml|json)$/.test(name))
      .map((name): Named => [name, readFileSync(join(folder, name), 'utf8')]);
    const large = all.filter(([, text]) => text.length > middle);
    this.#tiny = [...own, ...all.filter(([, text]) => text.length <= tiny)];
    this.#small = all.filter(([, text]) => text.length > tiny && text.length <= small);
    this.#middle = [
      ...all.filter(([, text]) => text.length > small && text.length <= middle),
      ...large.map(([name, text]): Named => [`the first part of ${name}`, firstPart(text)]),
    ];
  }

  /** Texts short enough to be read twice by the hundred thousand. */
  get short(): readonly string[] {
    return this.#tiny.map(([, text]) => text);
  }

  /** What is edited in the run with this seed, and how often. */
  run(seed: number, perRun: number): Run {
    const { int, pick } = createRandom(seed ^ 0x5bd1e995);
    const isMiddle = int(rare.middle) === 0 && this.#middle.length > 0;
    const isSmall = int(rare.small) === 0 && this.#small.length > 0;
    const [name, text] = pick(isMiddle ? this.#middle : isSmall ? this.#small : this.#tiny);
    const count = isMiddle ? Math.ceil(perRun / 15) : perRun;
    if (int(3) > 0) return { name, text, count };
    let broken = text;
    for (let slip = 1 + int(3); slip > 0; slip -= 1) broken = mutated(broken, int);
    return { name: `${name} with slips`, text: broken, count };
  }
}
