import { commitOfImage } from '../../image';
import type { Release } from '../../release';
import { rolledBackTo } from './wire';

/**
 * The image that each release runs, by its number: its own, or that of the release that it changed or brought back. One is left out
 * whose image is told by a release that is not among them. An app may have thousands of releases.
 */
export function imagesOf(releases: readonly Release[]): ReadonlyMap<number, string> {
  const images = new Map<number, string>();
  // A release changes or brings back an earlier one.
  for (const { version, image, description } of releases.toSorted((a, b) => a.version - b.version)) {
    const found = image ?? images.get(rolledBackTo(description) ?? version - 1);
    if (found !== undefined) images.set(version, found);
  }
  return images;
}

/** The same releases, each with the image that it runs: Empire names it only where it was deployed, not where a variable was set. */
export function withImages(releases: readonly Release[]): readonly Release[] {
  const images = imagesOf(releases);
  return releases.map((release) => {
    const image = images.get(release.version);
    if (release.image !== undefined || image === undefined) return release;
    const commit = commitOfImage(image);
    return { ...release, image, ...(commit === undefined ? {} : { commit }) };
  });
}
