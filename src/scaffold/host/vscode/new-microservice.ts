import * as vscode from 'vscode';
import { basename, join } from '../../../base/paths';
import { signalOf } from '../../../platform/vscode/ui';
import type { Answers } from '../../answers';
import { fitAnswer } from '../../answers';
import type { CreateWorld, Created, Decision } from '../../create';
import { createService } from '../../create';
import { notAbsolute } from '../../errors';
import type { FileChange } from '../../plan';
import { withPreset } from '../../presets';
import type { Template } from '../../template';
import type { ScaffoldHost } from '../vscode';
import { finish } from './finish';
import type { After, NewMicroserviceArgs } from './args';
import { parentFolders, rememberParent } from './parents';
import type { Preview } from './preview';
import { offeredTemplates, templateNamed } from './sources';
import type { Choice, Wizard } from './wizard';
import { runWizard } from './wizard';

/** The answer that is offered again next time. */
const ownerKey = 'scaffold.owner';
const defaultTemplate = 'django-service';

/** Makes a service of the arguments, or of what the person answers. Throws a UserError, AbortError when the person leaves. */
export async function newMicroservice(
  host: ScaffoldHost,
  preview: Preview,
  args: NewMicroserviceArgs,
): Promise<Created> {
  return args.dir === undefined ? ask(host, preview, args) : makeUnasked(host, args.dir, args);
}

/** Everything is in the arguments. Asks nothing and, unless `open` says otherwise, opens nothing. */
async function makeUnasked(host: ScaffoldHost, dir: string, args: NewMicroserviceArgs): Promise<Created> {
  if (!/^(\/|[A-Za-z]:\/)/.test(dir)) throw notAbsolute(dir);
  const { template } = await templateNamed(host, args.template ?? defaultTemplate);
  const place = join(dir);
  const given = fitted(template, withPreset(template, args.preset, args.answers));
  const answers = template.inputs.some((one) => one.key === 'name')
    ? { name: basename(place), ...given }
    : given;
  const decide = (): Decision | undefined => args.onConflict;
  return make(host, { template, dir: place, answers, decide }, args.open ?? 'nothing');
}

async function ask(host: ScaffoldHost, preview: Preview, args: NewMicroserviceArgs): Promise<Created> {
  const offers =
    args.template === undefined ? await offeredTemplates(host) : [await templateNamed(host, args.template)];
  const choice = await askAll(preview, {
    offers,
    world: host.world,
    parents: await parentFolders(host, args.parent),
    answers: args.answers,
    remembered: remembered(host),
    isTrusted: vscode.workspace.isTrusted,
    showFile: preview.show,
    compareFile: preview.compare,
  });
  const decide = ({ path }: FileChange): Decision | undefined => choice.decisions.get(path);
  const made = await make(
    host,
    { ...choice, decide },
    args.open ?? host.settings.get('scaffold.afterCreate'),
  );
  await remember(host, choice);
  return made;
}

/** Answers of last time. */
export function remembered(host: ScaffoldHost): Answers {
  return { owner: host.context.globalState.get<string>(ownerKey) ?? '' };
}

/** Keeps what is offered again next time. */
export async function remember(host: ScaffoldHost, choice: Pick<Choice, 'answers' | 'dir'>): Promise<void> {
  await host.context.globalState.update(ownerKey, choice.answers['owner']);
  await rememberParent(host, choice.dir);
}

async function askAll(preview: Preview, wizard: Wizard): Promise<Choice> {
  try {
    return await runWizard(wizard);
  } finally {
    await preview.close();
  }
}

/** Answers as their inputs have them, whoever wrote them. */
const fitted = (template: Template, answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => {
      const input = template.inputs.find((one) => one.key === key);
      return [key, input ? fitAnswer(input, answer) : answer];
    }),
  );

interface Order extends Pick<Choice, 'template' | 'dir' | 'answers'> {
  readonly decide: NonNullable<CreateWorld['decide']>;
}

async function make(host: ScaffoldHost, choice: Order, after: After): Promise<Created> {
  const title = `Creating ${basename(choice.dir)}`;
  const made = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) =>
      createService(choice.template, choice.dir, choice.answers, {
        ...host.world,
        signal: signalOf(token),
        decide: choice.decide,
      }),
  );
  host.onCreated(made.dir);
  // Not awaited: the command is done when the files are there, not when somebody answers a question about them.
  void finish(made, choice.template, { host, after });
  return made;
}
