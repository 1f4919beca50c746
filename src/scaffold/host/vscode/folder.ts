import * as vscode from 'vscode';
import { basename, dirname, join } from '../../../base/paths';
import type { Obstacle, World } from '../../../base/ports';
import { inTheWay } from '../../errors';
import { pathOf } from './args';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

interface Place {
  readonly parent: string;
  readonly dir: string;
}

interface Offer {
  readonly place: Place;
  /** Why the service can't be made there. */
  readonly fault: string | undefined;
  /** The same in few words, for the row. */
  readonly mark: string;
}

type Item = vscode.QuickPickItem & { readonly offer?: Offer };

export interface FolderQuestion {
  readonly name: string;
  readonly parents: readonly string[];
  readonly world: World;
}

/** Asks in which folder the service's own folder is made. A place where it can't be made says why and can't be chosen. */
export async function askFolder(question: FolderQuestion, step: Step): Promise<Reply<Place>> {
  const { name } = question;
  let offers = await Promise.all(question.parents.map((parent) => offerOf(parent, question)));
  let hint = `In which folder shall ${name} be made?`;
  for (;;) {
    const reply = await pickOne(offers, hint, step);
    if (reply === 'back') return reply;
    const offer = reply.value === 'browse' ? await browse(question) : reply.value;
    const isSeen = reply.value !== 'browse' || offer?.mark === '';
    // A folder that holds something is offered first: a person may not know.
    if (offer && offer.fault === undefined && isSeen) return { value: offer.place };
    if (!offer) continue;
    hint = offer.fault ?? hint;
    offers = [offer, ...offers.filter((one) => one.place.dir !== offer.place.dir)];
  }
}

/** The list of folders once; it closes before a dialog opens, because where dialogs are quick picks themselves they replace it. */
function pickOne(offers: readonly Offer[], hint: string, step: Step): Promise<Reply<Offer | 'browse'>> {
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = hint;
  const other: Item = { label: '$(folder-opened) Browse…', alwaysShow: true };
  pick.items = [...offers.map(itemOf), other];
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen === other) settle({ value: 'browse' });
      else if (chosen?.offer?.fault !== undefined) pick.placeholder = chosen.offer.fault;
      else if (chosen?.offer) settle({ value: chosen.offer });
    }),
  ]);
}

async function offerOf(parent: string, { name, world }: FolderQuestion): Promise<Offer> {
  const dir = join(parent, name);
  const obstacle = await world.trees.obstacle(dir);
  const place = { parent, dir };
  if (obstacle?.code === 'ENOTEMPTY') return { place, fault: undefined, mark: markOf(obstacle, name) };
  if (!obstacle) return { place, fault: undefined, mark: '' };
  return { place, fault: inTheWay(dir, obstacle).message, mark: markOf(obstacle, name) };
}

function markOf({ code }: Obstacle, name: string): string {
  if (code === 'ENOTEMPTY' || code === 'EEXIST') return `holds ${name} already`;
  return code === 'ENOTDIR' ? 'is no folder' : "can't be written to";
}

function itemOf(offer: Offer): Item {
  const { place, fault, mark } = offer;
  return {
    label: `$(${fault === undefined ? 'folder' : 'circle-slash'}) ${place.parent}`,
    description: mark,
    detail: fault ?? (mark === '' ? `makes ${place.dir}` : `adds what is missing to ${place.dir}`),
    offer,
  };
}

async function browse(question: FolderQuestion): Promise<Offer | undefined> {
  const start = question.parents[0];
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    ...(start === undefined ? {} : { defaultUri: vscode.Uri.file(start) }),
    openLabel: `Make ${question.name} here`,
    title: 'Folder for the new service',
  });
  const folder = chosen?.find((uri) => uri.scheme === 'file');
  if (!folder) return undefined;
  const path = pathOf(folder);
  // The folder of the service itself, as a fresh clone is.
  return offerOf(basename(path) === question.name ? dirname(path) : path, question);
}
