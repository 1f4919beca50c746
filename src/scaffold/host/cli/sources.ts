import type { CliContext } from '../../../base/cli';
import { join } from '../../../base/paths';
import type { Offer, ResolveOptions, Resolved, SourceWorld } from '../../sources/resolve';
import { listTemplates, resolveTemplate } from '../../sources/resolve';
import type { Template } from '../../template';

/** The template that was typed: an id, a folder or a git source. What a person should know of it goes to stderr. */
export async function templateFor(text: string, context: CliContext): Promise<Template> {
  const found = await resolveTemplate(text, sourceWorld(context), resolveOptions(context));
  tellNotes(found, context);
  return found.template;
}

/** The templates of a source that was typed; those of the extension where it is empty. */
export async function offersFrom(text: string, context: CliContext): Promise<readonly Offer[]> {
  const offers = await listTemplates(text, sourceWorld(context), resolveOptions(context));
  const [first] = offers;
  if (first && 'notes' in first) tellNotes(first, context);
  return offers;
}

export function sourceWorld(context: CliContext): SourceWorld {
  const { files, trees, processes, log, cache } = context;
  return { files, trees, processes, log, cache, bundled: join(slashed(context.home), 'templates') };
}

/** As for a source that the person typed on this command line. */
export function resolveOptions({ signal, cwd, env }: CliContext): ResolveOptions {
  const home = env['HOME'] ?? env['USERPROFILE'];
  return { signal, base: slashed(cwd), typed: true, ...(home === undefined ? {} : { home: slashed(home) }) };
}

function tellNotes({ notes }: Resolved, context: CliContext): void {
  for (const note of notes) context.err(`note: ${note}\n`);
}

const slashed = (path: string): string => (/^[A-Za-z]:/.test(path) ? path.replaceAll('\\', '/') : path);
