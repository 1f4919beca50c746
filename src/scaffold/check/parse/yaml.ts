import type { Problem } from '.';
import { yamlErrors } from '../../yaml';

/** Every document of a YAML 1.2 text is read; keys must be there once. */
export function yamlProblems(text: string): readonly Problem[] {
  return yamlErrors(text);
}
