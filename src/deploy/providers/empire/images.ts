import { commitOfImage } from '../../image';
import type { Release } from '../../release';
import { rolledBackTo } from './wire';

/** The image that a release runs: its own, or that of the release that it changed or brought back; undefined where that one is not among them. */
export function imageRunBy(releases: readonly Release[], version: number): string | undefined {
  let at: number | undefined = version;
  for (let steps = 0; at !== undefined && steps <= releases.length; steps++) {
    const here: number = at;
    const release = releases.find((one) => one.version === here);
    if (!release) return undefined;
    if (release.image !== undefined) return release.image;
    at = rolledBackTo(release.description) ?? here - 1;
  }
  return undefined;
}

/** The same releases, each with the image that it runs: Empire names it only where it was deployed, not where a variable was set. */
export function withImages(releases: readonly Release[]): readonly Release[] {
  return releases.map((release) => {
    const image = imageRunBy(releases, release.version);
    if (release.image !== undefined || image === undefined) return release;
    const commit = commitOfImage(image);
    return { ...release, image, ...(commit === undefined ? {} : { commit }) };
  });
}
