import * as vscode from 'vscode';
import type { Service } from '../../../services';
import type { FoundService } from '../../../services/host/vscode';
import type { Provider, Target } from '../../provider';
import { nothingToDeploy } from '../../errors';
import { targetOf } from '../../target';
import type { DeployHost } from '../vscode';

/** A service in one of its environments, and who deploys it there. */
export interface Choice {
  readonly service: Service;
  readonly target: Target;
  readonly provider: Provider;
}

/** Which service and environment the button is about. */
export interface Selection extends vscode.Disposable {
  /** The service that was looked at in an editor, made or deployed last, else the first; undefined without a service. */
  current(): Promise<Choice | undefined>;
  /** The one that `at` means; asks only when several are possible. Throws UserError `deploy/no-service`, AbortError. */
  choose(at?: vscode.Uri): Promise<Choice>;
  /** Every service in every environment that this version deploys to. */
  all(): Promise<readonly Choice[]>;
  /** Makes `environment` the one that the button is about. */
  remember(choice: Choice): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const environmentKey = (service: Service): string => `deploy.environment:${service.dir}`;

function serviceOf(found: FoundService | undefined): Service | undefined {
  return found?.manifest && found.dir.scheme === 'file'
    ? { dir: found.dir.fsPath, ...found.manifest }
    : undefined;
}

export function createSelection(host: DeployHost): Selection {
  const changed = new vscode.EventEmitter<void>();
  /** The folder of the service that was looked at, or made, last. */
  let last: string | undefined;
  const usable = async (): Promise<readonly Service[]> =>
    (await host.services.all()).map(serviceOf).filter((one) => one !== undefined);
  const ofEditor = async (): Promise<Service | undefined> => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri ? serviceOf(await host.services.of(uri)) : undefined;
  };
  const currentService = async (): Promise<Service | undefined> => {
    const services = await usable();
    return services.find((one) => one.dir === last) ?? (await ofEditor()) ?? services[0];
  };
  const followEditor = async (): Promise<void> => {
    last = (await ofEditor())?.dir ?? last;
    changed.fire();
  };
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor(() => void followEditor()),
    host.services.onDidChange(() => changed.fire()),
    host.services.onDidCreate((dir) => {
      last = dir;
    }),
  ];
  return {
    async current() {
      const service = await currentService();
      return service && choiceOf(service, host);
    },
    async choose(at) {
      const services = await usable();
      const named = at && serviceOf((await host.services.all()).find((one) => one.dir.path === at.path));
      const service =
        named ?? (await ofEditor()) ?? (services.length === 1 ? services[0] : await pickService(services));
      last = service?.dir;
      changed.fire();
      if (!service) throw nothingToDeploy();
      return choiceOf(service, host);
    },
    all: async () => choicesIn(await usable(), host),
    async remember({ service, target }) {
      last = service.dir;
      await host.context.workspaceState.update(environmentKey(service), target.environment.name);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...listeners, changed).dispose(),
  };
}

/** The service in the environment that was used last, else in its first. */
async function choiceOf(service: Service, host: DeployHost): Promise<Choice> {
  const remembered = host.context.workspaceState.get<string>(environmentKey(service));
  const known = service.environments.some((one) => one.name === remembered);
  return { service, ...targetOf(service, known ? remembered : undefined, await host.providers()) };
}

/** Each in each environment that this version deploys to. Without a service, no platform is loaded. */
async function choicesIn(services: readonly Service[], host: DeployHost): Promise<readonly Choice[]> {
  if (services.length === 0) return [];
  const providers = await host.providers();
  return services.flatMap((service) =>
    service.environments
      .filter((environment) => providers[environment.platform] !== undefined)
      .map((environment) => ({ service, ...targetOf(service, environment.name, providers) })),
  );
}

async function pickService(services: readonly Service[]): Promise<Service | undefined> {
  if (services.length === 0) return undefined;
  const items = services.map((service) => ({
    label: service.name,
    description: vscode.workspace.asRelativePath(service.dir),
    service,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which service?' });
  if (!picked) throw new DOMException('left', 'AbortError');
  return picked.service;
}
