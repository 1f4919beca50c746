import type { Answer } from '../answer';
import { checkInput } from '../answers';
import { createRender } from '../render';
import type { Spot } from '../spot';
import { answerAtSpot, checkKeys, listAt, mapping, matching, optional, textAt } from '../spot';
import type { Preset } from '../template';
import type { Inputs } from './keys';
import { presetKeys } from './keys';

/** Reads `presets:`; every answer must be one that its input can take. */
export function readPresets(root: Spot, inputs: Inputs): readonly Preset[] {
  const seen = new Set<string>();
  return listAt(root, 'presets').map((spot) => {
    const preset = readPreset(spot, inputs);
    if (seen.has(preset.id)) throw spot.at('id').broken(`the preset ${preset.id} is there twice`);
    seen.add(preset.id);
    return preset;
  });
}

function readPreset(spot: Spot, inputs: Inputs): Preset {
  checkKeys(spot, presetKeys);
  const description = optional(spot, 'description');
  const given = spot.at('answers');
  const answers = Object.keys(mapping(given)).map(
    (key) => [key, readGiven(given.at(key), key, inputs)] as const,
  );
  return {
    id: matching(spot, 'id', /^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
    title: textAt(spot, 'title'),
    ...(description === undefined ? {} : { description }),
    answers: Object.fromEntries(answers),
  };
}

function readGiven(spot: Spot, key: string, inputs: Inputs): Answer {
  const input = inputs.get(key);
  if (!input) throw spot.broken(`the template asks nothing called ${key}`);
  if (input.type === 'secret') throw spot.broken(`${key} is a secret, which no preset may hold`);
  const answer = answerAtSpot(spot);
  const why = checkInput({ computed: [] }, input, answer, { render: createRender() });
  if (why !== undefined) throw spot.broken(`${key} can't have this answer; ${why}`);
  return answer;
}
