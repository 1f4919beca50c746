import { parseDocument } from 'yaml';

/** The value of a kubeconfig's text, or why it has none. A key that stands twice is an error; aliases do not grow without end. */
export function readYaml(text: string): { readonly value: unknown } | { readonly why: string } {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  // Not the parser's own words: they can quote the line, and that may be a token.
  if (error)
    return { why: `line ${text.slice(0, error.pos[0]).split('\n').length} is not YAML (${error.code})` };
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { value };
  } catch {
    return { why: 'it has aliases that do not resolve' };
  }
}
