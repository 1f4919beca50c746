/** Configurations of other linters that are understood: `.spectral.yaml` and `redocly.yaml`. */
import { basename } from '../../base/paths';
import type { Peer } from '../config/loading';
import { redocly } from './redocly';
import { spectral } from './spectral';

/** Whose file that is, by its name. */
export function peerOf(file: string): Peer | undefined {
  const name = basename(file);
  if (/^\.?spectral\b.*\.(?:ya?ml|json|[cm]?[jt]s)$/.test(name)) return spectral;
  return /^\.?redocly\.ya?ml$/.test(name) ? redocly : undefined;
}
