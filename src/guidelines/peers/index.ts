/** Configurations of other linters that are understood: `.spectral.yaml` and `redocly.yaml`. */
import type { Layer } from '../config/layer';
import type { Loader } from '../config/load';
import type { ConfigText } from '../config/text';

export interface Peer {
  /** What a file of the peer says, in terms of our rules. */
  layer(text: ConfigText, loader: Loader): Promise<Layer>;
}

/** Whose file that is, by its name. */
export function peerOf(_file: string): Peer | undefined {
  return undefined;
}
