import { namesIn } from '../render';
import type { Spot } from '../spot';
import type { TemplateManifest } from '../template';
import { keyPattern, takenKeys } from './keys';

/** Every key is named once, and every expression names only what is known before it. Secrets are part of no expression. */
export function checkNames(manifest: TemplateManifest, root: Spot): void {
  const known = new Set<string>();
  const secrets = new Set<string>();
  const name = (key: string, spot: Spot): void => {
    if (!keyPattern.test(key) || takenKeys.has(key))
      throw spot.broken(`nothing can be called ${key}; use letters and digits, and no helper's name`);
    if (known.has(key)) throw spot.broken(`${key} is there twice`);
    known.add(key);
  };
  const check = (expression: string, spot: Spot): void => {
    const names = namesIn(expression, 'template.yaml');
    const secret = names.find((one) => secrets.has(one));
    if (secret !== undefined) throw spot.broken(`${secret} is a secret, which other values may not hold`);
    const unknown = names.find((one) => one !== 'template' && !known.has(one));
    if (unknown !== undefined) throw spot.broken(`${unknown} is neither asked nor computed before this`);
  };
  manifest.inputs.forEach((input, index) => {
    const spot = root.at('inputs').at(index);
    if ((input.type === 'string' || input.type === 'choice') && input.default !== undefined)
      check(input.default, spot.at('default'));
    name(input.key, spot.at('key'));
    if (input.type === 'secret') secrets.add(input.key);
  });
  for (const [key, expression] of manifest.computed) {
    check(expression, root.at('computed').at(key));
    name(key, root.at('computed').at(key));
  }
}
