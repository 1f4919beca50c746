/** Which versions of OpenAPI the names of formats stand for. */
import type { SpecVersion } from '../detect';

const versions: Readonly<Record<string, readonly SpecVersion[]>> = {
  oas2: ['2.0'],
  oas3: ['3.0', '3.1', '3.2'],
  oas3_0: ['3.0'],
  oas3_1: ['3.1'],
  oas3_2: ['3.2'],
  'oas3.0': ['3.0'],
  'oas3.1': ['3.1'],
  'oas3.2': ['3.2'],
};

/** The versions that formats stand for; those of other kinds of documents stand for none. */
export function versionsOf(formats: readonly string[]): ReadonlySet<SpecVersion> {
  return new Set(formats.flatMap((one) => (Object.hasOwn(versions, one) ? (versions[one] ?? []) : [])));
}
