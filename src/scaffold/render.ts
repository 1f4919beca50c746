import Handlebars from 'handlebars';
import { messageOf } from '../base/errors';
import { isAnswer, isFilled } from './answer';
import { brokenTemplate } from './errors';
import type { PartialCall, Reference } from './language';
import { Refused, checkTags, itemKey, needsOf } from './language';
import { checkReference } from './reference';
import type { TemplateInput, TemplatePartial } from './template';
import { spellings } from './words';

export type Context = Readonly<Record<string, unknown>>;

/** Turns the text of a template into text; `path` is for messages. */
export type Render = (text: string, context: Context, path: string) => string;

/** What a template's texts may use. */
export interface RenderOptions {
  readonly partials?: ReadonlyMap<string, TemplatePartial>;
  /** With them a word that can never be the answer is refused in `eq` and `has`. */
  readonly inputs?: readonly TemplateInput[];
}

/** What may come of one text, and of all texts of a template, in characters. */
export const mostRendered = 50_000_000;
/** What each turn of an `each` and each partial costs at least: loops in loops that say nothing must end too. */
const stepCost = 1000;
/** Partials in partials. */
const deepestPartials = 8;

interface Compiled {
  readonly references: readonly { readonly reference: Reference; readonly path?: string }[];
  readonly template: HandlebarsTemplateDelegate;
}

/**
 * Gives a renderer of template texts: Handlebars without HTML escaping, since services are not HTML, with the helpers of `words.ts`,
 * those of conditions, and a `raw` block, which Handlebars drops in silence when no helper of that name is there.
 *
 * Handlebars' `strict` alone is not enough: it takes a name that nobody answered for empty text in `{{#if nope}}` and for the word
 * "undefined" in `{{title nope}}`. So the tree of each text, and of the partials in it, is walked first (`language.ts`).
 *
 * The renderer throws UserError `scaffold/broken-template`. It keeps what it compiled, so use one for many renderings.
 */
export function createRender(options: RenderOptions = {}): Render {
  const budget = { left: mostRendered };
  const handlebars = createHandlebars(budget);
  const compiled = new Map<string, Compiled>();
  const inputs = new Map(options.inputs?.map((input) => [input.key, input]));
  const partials = options.partials ?? new Map<string, TemplatePartial>();
  return (text, context, path) => {
    const where = { path };
    try {
      const known = compiled.get(text) ?? compile(text, { handlebars, partials, budget, where });
      compiled.set(text, known);
      for (const one of known.references) {
        where.path = one.path ?? path;
        checkReference(one.reference, context, inputs);
      }
      where.path = path;
      budget.left = mostRendered;
      return known.template(withoutPrototype(context));
    } catch (error) {
      throw brokenTemplate(where.path, reasonOf(error), lineOf(error));
    }
  };
}

/** The names of the values that an expression needs, as in `name` for `{{title name}}`. Throws UserError `scaffold/broken-template`. */
export function namesIn(text: string, path: string): readonly string[] {
  try {
    checkTags(text);
    const { references, partials } = needsOf(Handlebars.parse(text));
    const [partial] = partials;
    if (partial) throw new Refused('an expression takes no partials', partial.line);
    return references.filter((one) => !one.isItem).map(({ parts }) => parts[0] ?? '');
  } catch (error) {
    throw brokenTemplate(path, reasonOf(error), lineOf(error));
  }
}

interface Budget {
  left: number;
}

function spend(budget: Budget, text: string): string {
  budget.left -= stepCost + text.length;
  if (budget.left < 0) throw new Error(`it renders more than ${mostRendered / 1_000_000} MB`);
  return text;
}

function createHandlebars(budget: Budget): typeof Handlebars {
  const own = Handlebars.create();
  const filled = (value: unknown): boolean => isAnswer(value) && isFilled(value);
  for (const [name, spell] of Object.entries(spellings))
    own.registerHelper(name, (value: unknown) => spell(String(value)));
  own.registerHelper('raw', function raw(this: unknown, options: Handlebars.HelperOptions) {
    return options.fn(this);
  });
  own.registerHelper('eq', (value: unknown, word: unknown) => value === word);
  own.registerHelper('has', (value: unknown, word: unknown) => Array.isArray(value) && value.includes(word));
  own.registerHelper('not', (value: unknown) => !filled(value));
  // The last argument of a helper is Handlebars' own.
  own.registerHelper('and', (...values: unknown[]) => values.slice(0, -1).every(filled));
  own.registerHelper('or', (...values: unknown[]) => values.slice(0, -1).some(filled));
  own.registerHelper('each', function each(this: unknown, list: unknown, options: Handlebars.HelperOptions) {
    const items: readonly unknown[] = Array.isArray(list) ? list : [];
    if (items.length === 0) return options.inverse(this);
    return items
      .map((item) => spend(budget, options.fn(Object.assign(Object.create(null), this, { [itemKey]: item }))))
      .join('');
  });
  return own;
}

interface Compiling {
  readonly handlebars: typeof Handlebars;
  readonly partials: ReadonlyMap<string, TemplatePartial>;
  readonly budget: Budget;
  /** The file that is looked at, for messages. */
  readonly where: { path: string };
}

type Located = Compiled['references'][number];

function compile(text: string, compiling: Compiling): Compiled {
  checkTags(text);
  const tree = compiling.handlebars.parse(text);
  const needs = needsOf(tree);
  const partials: Located[] = [];
  const registered = new Map<string, number>();
  for (const call of needs.partials) addPartial(call, [], { ...compiling, found: partials, registered });
  return {
    references: [...needs.references.map((reference) => ({ reference })), ...partials],
    template: compiling.handlebars.compile(tree, { noEscape: true, strict: true }),
  };
}

interface AddingPartials extends Compiling {
  /** What partials need, to be added to. */
  readonly found: Located[];
  /** How deep each partial goes that was looked at already. */
  readonly registered: Map<string, number>;
}

/** Registers a partial and those in it; gives how deep it goes. `way` holds the partials around it. */
function addPartial(call: PartialCall, way: readonly string[], adding: AddingPartials): number {
  const partial = partialOf(call, adding, way);
  const { handlebars, where, registered, found } = adding;
  const name = `${call.name}${call.inEach ? '*' : ''}|${call.indent}`;
  const known = registered.get(name);
  const deep = known ?? 0;
  if (way.length + deep >= deepestPartials)
    throw new Refused(`partials are nested more than ${deepestPartials} deep`, call.line);
  callAs(call, name);
  if (known !== undefined) return known;
  const outer = where.path;
  where.path = partial.from;
  checkTags(partial.text);
  const tree = handlebars.parse(partial.text);
  const inner = needsOf(tree, call.inEach);
  found.push(...inner.references.map((reference) => ({ reference, path: partial.from })));
  const depths = inner.partials.map((one) => addPartial(one, [...way, call.name], adding));
  where.path = outer;
  const { indent } = call;
  const template = handlebars.compile(tree, { noEscape: true, strict: true });
  handlebars.registerPartial(name, (context: unknown) =>
    spend(adding.budget, template(context).replaceAll(/^(?=[^\r\n])/gm, indent)),
  );
  const depth = Math.max(0, ...depths) + 1;
  registered.set(name, depth);
  return depth;
}

function partialOf(call: PartialCall, { partials }: Compiling, way: readonly string[]): TemplatePartial {
  const partial = partials.get(call.name);
  if (!partial)
    throw new Refused(
      `there is no partials/${call.name}.hbs; known are ${[...partials.keys()].join(', ') || 'none'}`,
      call.line,
    );
  if (way.includes(call.name))
    throw new Refused(`the partial ${call.name} holds itself, by way of ${way.join(', ')}`, call.line);
  return partial;
}

/** Under a name with its indent: Handlebars would indent empty lines too, and leave spaces at their ends. */
function callAs(call: PartialCall, name: string): void {
  call.node.indent = '';
  Object.assign(call.node.name, { original: name });
}

function lineOf(error: unknown): number | undefined {
  if (error instanceof Refused) return error.line;
  if (error instanceof Handlebars.Exception && error.lineNumber !== undefined) return error.lineNumber - 1;
  const line = /line (\d+)/i.exec(messageOf(error))?.[1];
  return line === undefined ? undefined : Number(line) - 1;
}

/** Handlebars tells a broken text on several lines: where, the text, a pointer, what it expected. The first and the last say it. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'blocks in it are nested too deep';
  const lines = messageOf(error).split('\n');
  const expected = lines.find((line) => line.startsWith('Expecting'));
  const got = /got '([A-Z_]+)'/.exec(expected ?? '')?.[1];
  if (got === 'EOF') return 'a block is not closed';
  if (expected !== undefined)
    return `${lines[1]?.trim() ?? ''} is not a template; a literal brace is written \\{{`;
  return (lines[0] ?? '').replace(/ - \d+:\d+$/, '');
}

/** `__proto__` and its like are then no names of values. */
function withoutPrototype(context: Context): Context {
  return Object.assign(Object.create(null), context);
}
