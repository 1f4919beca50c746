import { originOf, templateKey } from '../origin';
import type { Template } from '../template';
import type { Render } from '../render';
import type { Asked } from './fields';
import { askedOf, fieldOf } from './fields';
import type { FormView, OptionView, PlaceView } from './protocol';
import type { FormState } from './state';
import { placeOf } from './state';

/** What a template's own defaults are called among its presets. */
const defaults: OptionView = { id: '', title: 'Defaults', description: 'What the template suggests.' };

function optionOf(template: Template): OptionView {
  const origin = originOf(template);
  const description = origin === '' ? template.description : `${template.description} (${origin})`;
  return { id: templateKey(template), title: template.title, description };
}

/** The form as the page shows it. */
export function viewOf(state: FormState, render: Render): FormView {
  const asked = askedOf(state, render);
  const { template } = state;
  return {
    templates: state.templates.map(optionOf),
    template: templateKey(template),
    presets:
      template.presets.length === 0
        ? []
        : [
            defaults,
            ...template.presets.map(({ id, title, description = '' }) => ({ id, title, description })),
          ],
    preset: state.preset,
    fields: asked.map((one) => fieldOf(state, one)),
    place: placeView(state),
    tools: state.tools,
    faults: asked.filter((one) => one.fault !== undefined).length,
    reason: reasonOf(state, asked),
    phase: state.phase,
    problem: state.problem,
    done: state.done,
  };
}

/** Why nothing can be created yet; undefined when it can. */
export function whyNot(state: FormState, render: Render): string | undefined {
  return reasonOf(state, askedOf(state, render));
}

function reasonOf(state: FormState, asked: readonly Asked[]): string | undefined {
  const titles = (some: readonly Asked[]): string => some.map((one) => one.input.title).join(', ');
  const missing = asked.filter((one) => one.missing);
  const wrong = asked.filter((one) => one.fault !== undefined && !one.missing);
  const parts = [
    ...(missing.length === 0 ? [] : [`Still needed: ${titles(missing)}.`]),
    ...(wrong.length === 0 ? [] : [`To be changed: ${titles(wrong)}.`]),
  ];
  return parts.length === 0 ? placeReason(state) : parts.join(' ');
}

function placeReason(state: FormState): string | undefined {
  const place = placeOf(state);
  const fault = place.parentFault ?? place.folderFault;
  if (fault !== undefined) return fault;
  if (place.dir === '') return 'Still needed: Folder name.';
  if (state.found?.dir !== place.dir) return undefined;
  return state.found.obstacle ?? undecided(state);
}

function undecided({ found, decisions }: FormState): string | undefined {
  const open = (found?.conflicts ?? []).filter((path) => decisions[path] === undefined);
  if (open.length === 0) return undefined;
  const [first = '', ...others] = open;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `Decide what becomes of ${first}${more}: yours or the template’s.`;
}

function placeView(state: FormState): PlaceView {
  const place = placeOf(state);
  const found = state.found?.dir === place.dir ? state.found : undefined;
  return {
    parent: state.parent,
    parents: state.parents,
    parentFault: place.parentFault,
    folder: place.folder,
    folderChanged: state.folder !== undefined,
    folderFault: place.folderFault ?? found?.obstacle,
    dir: place.dir,
    exists: found?.exists === true,
  };
}
