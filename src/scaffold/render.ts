import Handlebars from 'handlebars';
import { messageOf } from '../base/errors';
import { isObject, isString } from '../base/json';
import { brokenTemplate } from './errors';
import { spellings } from './words';

export type Context = Readonly<Record<string, unknown>>;

/** Turns the text of a template into text; `path` is for messages. */
export type Render = (text: string, context: Context, path: string) => string;

/** A value that a template names: `name`, or `template.id` in parts; `line` is zero-based. */
interface Reference {
  readonly parts: readonly string[];
  readonly line: number;
}

/** Raised by the walk over a template's tree; `createRender` adds the path. */
class Refused extends Error {
  readonly line: number;

  constructor(why: string, line: number) {
    super(why);
    this.line = line;
  }
}

const startOf = (node: hbs.AST.Node): number => node.loc.start.line - 1;

/**
 * Gives a renderer of template texts: Handlebars without HTML escaping, since services are not HTML, with the helpers of `words.ts`
 * and a `raw` block, which Handlebars drops in silence when no helper of that name is there.
 *
 * Handlebars' `strict` alone is not enough: it takes a name that nobody answered for empty text in `{{#if nope}}` and for the word
 * "undefined" in `{{title nope}}`. So the tree of each template is walked first, and whatever is no value, helper or block of
 * this small language is refused with its line. Partials, decorators, `@data`, `../` and `this` are not part of it.
 *
 * The renderer throws UserError `scaffold/broken-template`.
 */
export function createRender(): Render {
  const handlebars = createHandlebars();
  return (text, context, path) => {
    try {
      const tree = handlebars.parse(text);
      for (const reference of referencesOf(tree.body)) checkReference(reference, context);
      return handlebars.compile(tree, { noEscape: true, strict: true })(withoutPrototype(context));
    } catch (error) {
      throw brokenTemplate(path, reasonOf(error), lineOf(error));
    }
  };
}

/** The names of the values that a text needs, as in `name` for `{{title name}}`. Throws UserError `scaffold/broken-template`. */
export function namesIn(text: string, path: string): readonly string[] {
  try {
    return referencesOf(Handlebars.parse(text).body).map(({ parts }) => parts[0] ?? '');
  } catch (error) {
    throw brokenTemplate(path, reasonOf(error), lineOf(error));
  }
}

function createHandlebars(): typeof Handlebars {
  const own = Handlebars.create();
  for (const [name, spell] of Object.entries(spellings))
    own.registerHelper(name, (value: unknown) => spell(String(value)));
  own.registerHelper('raw', function raw(this: unknown, options: Handlebars.HelperOptions) {
    return options.fn(this);
  });
  return own;
}

function referencesOf(body: readonly hbs.AST.Statement[]): readonly Reference[] {
  return body.flatMap((node) => {
    switch (node.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return [];
      case 'MustacheStatement':
        return valueOf(node as hbs.AST.MustacheStatement);
      case 'BlockStatement':
        return blockOf(node as hbs.AST.BlockStatement);
      default:
        throw new Refused('partials and decorators are no part of a template', startOf(node));
    }
  });
}

function blockOf(node: hbs.AST.BlockStatement): readonly Reference[] {
  const name = node.path.original;
  if (name !== 'if' && name !== 'unless' && name !== 'raw')
    throw new Refused(`{{#${name}}} is no block of a template; known are if, unless and raw`, startOf(node));
  const wanted = name === 'raw' ? 0 : 1;
  if (node.params.length !== wanted || hasHash(node))
    throw new Refused(`{{#${name}}} takes ${wanted === 0 ? 'no value' : 'one value'}`, startOf(node));
  return [
    ...node.params.flatMap(parameterOf),
    ...referencesOf(node.program.body),
    // The types promise an inverse; Handlebars leaves it out where there is no {{else}}.
    ...referencesOf((node.inverse as hbs.AST.Program | undefined)?.body ?? []),
  ];
}

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression;

function valueOf(node: Call): readonly Reference[] {
  if (node.params.length === 0 && !hasHash(node)) return [pathOf(node.path)];
  const name = 'original' in node.path ? String(node.path.original) : '';
  if (!Object.hasOwn(spellings, name))
    throw new Refused(
      `${name} is no helper; known are ${Object.keys(spellings).join(', ')}, and a literal brace is written \\{{`,
      startOf(node),
    );
  if (node.params.length !== 1 || hasHash(node)) throw new Refused(`${name} takes one value`, startOf(node));
  return node.params.flatMap(parameterOf);
}

function parameterOf(node: hbs.AST.Expression): readonly Reference[] {
  switch (node.type) {
    case 'PathExpression':
      return [pathOf(node)];
    case 'SubExpression':
      return valueOf(node as hbs.AST.SubExpression);
    case 'StringLiteral':
      return [];
    default:
      throw new Refused(
        'only values, texts in quotes and helpers in parentheses may stand here',
        startOf(node),
      );
  }
}

function pathOf(node: hbs.AST.Expression): Reference {
  if (node.type !== 'PathExpression')
    throw new Refused('only the name of a value may stand between braces', startOf(node));
  const { data, depth, original, parts } = node as hbs.AST.PathExpression;
  if (data || depth > 0 || parts.length === 0 || /^(\.|this\b)/.test(original))
    throw new Refused(`{{${original}}} is no name of a value`, startOf(node));
  return { parts, line: startOf(node) };
}

function hasHash(node: { readonly hash?: hbs.AST.Hash }): boolean {
  return (node.hash?.pairs.length ?? 0) > 0;
}

function checkReference({ parts, line }: Reference, context: Context): void {
  let value: unknown = context;
  for (const part of parts) {
    if (!isObject(value) || !Object.hasOwn(value, part)) throw new Refused(unanswered(parts.join('.')), line);
    value = value[part];
  }
  if (!isString(value)) throw new Refused(`${parts.join('.')} is no text`, line);
}

function unanswered(name: string): string {
  const spelled = Object.hasOwn(spellings, name) ? `, but a helper, as in {{${name} name}}` : '';
  return `${name} is neither asked nor computed${spelled}; a literal brace is written \\{{`;
}

function lineOf(error: unknown): number | undefined {
  if (error instanceof Refused) return error.line;
  if (error instanceof Handlebars.Exception && error.lineNumber !== undefined) return error.lineNumber - 1;
  const line = /line (\d+)/i.exec(messageOf(error))?.[1];
  return line === undefined ? undefined : Number(line) - 1;
}

/** Handlebars tells a broken text on several lines: where, the text, a pointer, what it expected. The first and the last say it. */
function reasonOf(error: unknown): string {
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
