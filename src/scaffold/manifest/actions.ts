import type { Spot } from '../spot';
import { checkKeys, matching, oneOf, optional, textAt } from '../spot';
import type { ActionType, Constraint, TemplateAction } from '../template';
import { actionTypes } from '../template';
import { hasVersion } from '../tools';
import { isRange } from '../version';
import { readCondition } from './conditions';
import type { Inputs } from './keys';
import { actionKeys, constraintKeys } from './keys';

/** Reads one of `constraints:`. */
export function readConstraint(spot: Spot): Constraint {
  checkKeys(spot, constraintKeys);
  const version = optional(spot, 'version');
  if (version !== undefined && !isRange(version))
    throw spot.at('version').broken('version must be a range, as in >=3.11 or >=3.11 <4');
  // A bare name is looked up on the PATH; a path could name a program of the template's own.
  const tool = matching(
    spot,
    'tool',
    /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/,
    'the name of a program on the PATH',
  );
  if (version !== undefined && !hasVersion(tool))
    throw spot.at('version').broken(`nobody knows how to ask ${tool} for its version; leave version out`);
  return {
    tool,
    ...(version === undefined ? {} : { version }),
    why: textAt(spot, 'why'),
  };
}

/** What each action is called, and how it is done by hand, where the template says nothing. */
const usual: Readonly<Record<ActionType, { readonly title: string; readonly manual: string }>> = {
  'git-init': {
    title: 'Make a git repository',
    manual: 'Run git init, git add --all and git commit in its folder.',
  },
  'lock-dependencies': { title: 'Lock dependencies', manual: 'Run make lock in its folder.' },
  'run-task': { title: 'Run a task', manual: '' },
  open: { title: 'Open', manual: 'Open its folder.' },
  'add-to-workspace': { title: 'Add to the workspace', manual: 'Use File: Add Folder to Workspace.' },
};

/** Reads one of `actions:`: the type alone, or a mapping. */
export function readAction(spot: Spot, inputs: Inputs): TemplateAction {
  const known = actionTypes.find((one) => one === spot.value);
  if (known !== undefined) return full(spot, known, {});
  if (typeof spot.value !== 'object' || spot.value === null)
    throw spot.broken(`${String(spot.value)} is no action; known are ${actionTypes.join(', ')}`);
  checkKeys(spot, actionKeys);
  const title = optional(spot, 'title');
  const manual = optional(spot, 'manual');
  const when = readCondition(spot, 'when', inputs);
  const task = spot.at('task').value === undefined ? undefined : taskAt(spot);
  return full(spot, oneOf(spot, 'type', actionTypes), {
    ...(title === undefined ? {} : { title }),
    ...(manual === undefined ? {} : { manual }),
    ...(task === undefined ? {} : { task }),
    ...(when === undefined ? {} : { when }),
  });
}

const taskAt = (spot: Spot): string =>
  matching(spot, 'task', /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "the name of one of the Makefile's targets");

function full(spot: Spot, type: ActionType, said: Partial<Omit<TemplateAction, 'type'>>): TemplateAction {
  const runs = type === 'run-task' || type === 'lock-dependencies';
  if (!runs && said.task !== undefined) throw spot.at('task').broken(`${type} runs no task`);
  if (type === 'run-task' && said.task === undefined)
    throw spot.broken("run-task needs the task: one of the Makefile's targets");
  const task = said.task ?? (runs ? 'lock' : undefined);
  return {
    type,
    ...usual[type],
    ...(task === undefined
      ? {}
      : { task, title: `Run make ${task}`, manual: `Run make ${task} in its folder.` }),
    ...said,
  };
}
