import type { Finding } from '../../../../src/guidelines';
import { textAt } from '../helpers';

/** What a finding underlines. */
export function underline(text: string, { range }: Finding): string {
  return textAt(text, range);
}
