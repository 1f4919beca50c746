import { TomlError, parse } from 'smol-toml';
import type { Problem } from '.';

/** TOML 1.0; the first fault is the only one that is known. */
export function tomlProblems(text: string): readonly Problem[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The lines after the first show the place, which the finding does itself.
    const [said = ''] = error.message.split('\n');
    return [{ line: error.line - 1, message: said.replace(/^Invalid TOML document: /, '') }];
  }
}
