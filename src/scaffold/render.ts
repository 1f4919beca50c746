import Handlebars from 'handlebars';
import { messageOf } from '../base/errors';
import { brokenTemplate } from './errors';
import { spellings } from './words';

export type Context = Readonly<Record<string, unknown>>;

/**
 * Handlebars as templates may use it: strict, so that a name that nobody answered is an error instead of an empty text; without HTML
 * escaping, since services are not HTML; with the helpers of `words.ts` and a `raw` block, which Handlebars itself drops in silence
 * when no helper of that name is there.
 */
function createHandlebars(): typeof Handlebars {
  const own = Handlebars.create();
  for (const [name, spell] of Object.entries(spellings))
    own.registerHelper(name, (value: unknown) => spell(String(value)));
  own.registerHelper('raw', function raw(this: unknown, options: Handlebars.HelperOptions) {
    return options.fn(this);
  });
  return own;
}

export type Render = (text: string, context: Context, path: string) => string;

/**
 * Gives a renderer of template texts. It throws UserError `scaffold/broken-template` with the file's path and line when the text is no
 * template or names something that has no value.
 */
export function createRender(): Render {
  const handlebars = createHandlebars();
  return (text, context, path) => {
    try {
      return handlebars.compile(text, { noEscape: true, strict: true })(withoutPrototype(context));
    } catch (error) {
      const line = /line (\d+)/i.exec(messageOf(error))?.[1];
      const why = messageOf(error).split('\n')[0] ?? '';
      throw brokenTemplate(path, why, line === undefined ? undefined : Number(line) - 1);
    }
  };
}

/** `__proto__` and its like are then names that have no value, which `strict` refuses. */
function withoutPrototype(context: Context): Context {
  return Object.assign(Object.create(null), context);
}
