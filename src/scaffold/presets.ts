import type { Answers } from './answer';
import { unknownPreset } from './errors';
import type { Preset, TemplateManifest } from './template';

/** The answers of a preset with what a person answered over them. Throws UserError `scaffold/unknown-preset`. */
export function withPreset(template: TemplateManifest, id: string | undefined, given: Answers): Answers {
  return id === undefined ? given : { ...presetOf(template, id).answers, ...given };
}

function presetOf(template: TemplateManifest, id: string): Preset {
  const preset = template.presets.find((one) => one.id === id);
  if (!preset)
    throw unknownPreset(
      id,
      template.presets.map((one) => one.id),
    );
  return preset;
}
