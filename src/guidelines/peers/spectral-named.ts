/** Rules of Spectral's own sets, by name. */
import type { Severity } from '../rule';
import { oursOf, peerRule, whyNot } from './mapped';
import { owaspRule } from './owasp-rules';
import { spectralRules } from './rules';
import { spectralSeverity } from './severities';

export interface SpectralNamed {
  /** Those of ours that say what it says. */
  readonly ours: readonly string[];
  /** How grave it is there by itself. */
  readonly severity: Severity;
  /** What to say when none of ours does. */
  readonly why: string;
  /** Whether there is such a rule at all. */
  readonly isKnown: boolean;
}

export function spectralNamed(id: string): SpectralNamed {
  const owasp = owaspRule(id);
  return {
    ours: owasp === undefined ? oursOf(spectralRules, id) : [owasp.ours],
    severity: owasp?.severity ?? spectralSeverity(id),
    why: whyNot(spectralRules, id, 'Spectral'),
    isKnown: owasp !== undefined || peerRule(spectralRules, id) !== undefined,
  };
}
