import { badImage, misreadImage, noImage } from '../../errors/image';
import { parseImage, partCount } from '../../image';
import type { Target } from '../../provider';

/**
 * The image to send. Empire does not check it: a missing one makes an app that can't be read any more, and a registry is only seen
 * before two more parts. Throws UserError `deploy/no-image` or `deploy/bad-image`.
 */
export function checkImage(image: string | undefined, { environment }: Pick<Target, 'environment'>): string {
  if (image === undefined || image === '') throw noImage(environment.name);
  const reference = parseImage(image);
  if (!reference) throw badImage(image);
  if (reference.registry !== undefined && partCount(reference) < 3)
    throw misreadImage(image, reference.registry);
  // A tag beside a digest would be taken for a part of the repository's name (pkg/image/image.go).
  const { digest, tag } = reference;
  return digest === undefined || tag === undefined ? image : image.replace(`:${tag}@`, '@');
}
