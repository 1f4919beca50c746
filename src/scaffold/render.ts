import { messageOf } from '../base/errors';
import { brokenTemplate } from './errors';
import type { PartialCall, Reference } from './language';
import { checkTags, needsOf } from './language';
import { checkReference } from './reference';
import type { TemplateInput, TemplatePartial } from './template';
import { parseText } from './text/parse';
import type { PartialTag, Statement } from './text/tree';
import { Refused } from './text/tree';
import { writeBody } from './text/write';

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
  readonly tree: readonly Statement[];
}

/** What a renderer knows already. */
interface Known {
  readonly texts: Map<string, Compiled>;
  readonly partials: ReadonlyMap<string, TemplatePartial>;
  /** What each tag of a partial calls. */
  readonly called: Map<PartialTag, readonly Statement[]>;
}

/**
 * Gives a renderer of template texts. Their syntax is that of Handlebars, so that editors know it, without HTML escaping, since services
 * are not HTML; the helpers are those of `words.ts` and of conditions. Handlebars itself takes a name that nobody answered for empty text
 * here and there. So the tree of each text, and of the partials in it, is walked first (`language.ts`), and any such name is refused.
 *
 * The renderer throws UserError `scaffold/broken-template`. It keeps what it read, so use one for many renderings.
 */
export function createRender(options: RenderOptions = {}): Render {
  const inputs = new Map(options.inputs?.map((input) => [input.key, input]));
  const known: Known = { texts: new Map(), partials: options.partials ?? new Map(), called: new Map() };
  return (text, context, path) => {
    const where = { path };
    try {
      const { references, tree } = known.texts.get(text) ?? compile(text, { ...known, where });
      for (const one of references) {
        where.path = one.path ?? path;
        checkReference(one.reference, context, inputs);
      }
      where.path = path;
      return write(tree, context, known);
    } catch (error) {
      throw brokenTemplate(where.path, reasonOf(error), lineOf(error));
    }
  };
}

function write(tree: readonly Statement[], context: Context, { called }: Known): string {
  let left = mostRendered;
  return writeBody(tree, {
    context,
    partialOf: (tag) => called.get(tag) ?? [],
    spend: (text) => {
      left -= stepCost + text.length;
      if (left < 0) throw new Error(`it renders more than ${mostRendered / 1_000_000} MB`);
      return text;
    },
  });
}

/** The names of the values that an expression needs, as in `name` for `{{title name}}`. Throws UserError `scaffold/broken-template`. */
export function namesIn(text: string, path: string): readonly string[] {
  try {
    checkTags(text);
    const { references, partials } = needsOf(parseText(text));
    const [partial] = partials;
    if (partial) throw new Refused('an expression takes no partials', partial.line);
    return references.filter((one) => !one.isItem).map(({ parts }) => parts[0] ?? '');
  } catch (error) {
    throw brokenTemplate(path, reasonOf(error), lineOf(error));
  }
}

interface Compiling extends Known {
  /** The file that is looked at, for messages. */
  readonly where: { path: string };
}

type Located = Compiled['references'][number];

function compile(text: string, compiling: Compiling): Compiled {
  checkTags(text);
  const tree = parseText(text);
  const needs = needsOf(tree);
  const found: Located[] = [];
  const adding = { ...compiling, found, added: new Map<string, Added>() };
  for (const call of needs.partials) addPartial(call, [], adding);
  const compiled = { tree, references: [...needs.references.map((reference) => ({ reference })), ...found] };
  compiling.texts.set(text, compiled);
  return compiled;
}

interface Added {
  readonly tree: readonly Statement[];
  /** How deep it goes. */
  readonly depth: number;
}

interface AddingPartials extends Compiling {
  /** What partials need, to be added to. */
  readonly found: Located[];
  /** What was looked at already. */
  readonly added: Map<string, Added>;
}

/** Looks at a partial and those in it; gives how deep it goes. `way` holds the partials around it. */
function addPartial(call: PartialCall, way: readonly string[], adding: AddingPartials): number {
  const partial = partialOf(call, adding, way);
  const key = `${call.name}${call.inEach ? '*' : ''}`;
  const seen = adding.added.get(key);
  if (way.length + (seen?.depth ?? 0) >= deepestPartials)
    throw new Refused(`partials are nested more than ${deepestPartials} deep`, call.line);
  const { tree, depth } = seen ?? readPartial(partial, { ...call, way: [...way, call.name] }, adding);
  adding.added.set(key, { tree, depth });
  adding.called.set(call.node, tree);
  return depth;
}

function readPartial(
  { text, from }: TemplatePartial,
  { inEach, way }: Pick<PartialCall, 'inEach'> & { readonly way: readonly string[] },
  adding: AddingPartials,
): Added {
  const { where, found } = adding;
  const outer = where.path;
  where.path = from;
  checkTags(text);
  const tree = parseText(text);
  const inner = needsOf(tree, inEach);
  found.push(...inner.references.map((reference) => ({ reference, path: from })));
  const depths = inner.partials.map((one) => addPartial(one, way, adding));
  where.path = outer;
  return { tree, depth: Math.max(0, ...depths) + 1 };
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

const lineOf = (error: unknown): number | undefined => (error instanceof Refused ? error.line : undefined);

const reasonOf = (error: unknown): string =>
  error instanceof RangeError ? 'blocks in it are nested too deep' : messageOf(error);
