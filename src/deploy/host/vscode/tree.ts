import * as vscode from 'vscode';
import { UserError, messageOf } from '../../../base/errors';
import type { DeployNode } from './nodes';
import type { Parts } from './parts';
import type { Choice } from './selection';
import { itemOf } from './tree-items';

export type { DeployNode } from './nodes';

/** How many releases are shown; older ones are in `servicewright releases`. */
const mostReleases = 30;

/**
 * Each app in each environment with its processes, releases and variables. Empty, so that the welcome text shows, until something was
 * deployed or a server is named.
 */
export function registerTree(parts: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<DeployNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => [...(node ? await childrenOf(node, parts) : await roots(parts))],
    getTreeItem: itemOf,
  };
  const refresh = (): void => changed.fire();
  return vscode.Disposable.from(
    changed,
    vscode.window.createTreeView('servicewright.deployments', {
      treeDataProvider: provider,
      canSelectMany: true,
      showCollapseAll: true,
    }),
    parts.deployments.onDidRefresh(refresh),
    parts.host.services.onDidChange(refresh),
  );
}

async function roots({ selection, deployments }: Parts): Promise<readonly DeployNode[]> {
  if (!vscode.workspace.isTrusted) return [];
  const nodes = await Promise.all(
    (await selection.all()).map(async (choice): Promise<readonly DeployNode[]> => {
      try {
        const status = await deployments.status(choice);
        const known = status !== undefined || deployments.running(choice) !== undefined;
        return known || choice.provider.account ? [{ kind: 'environment', choice, status }] : [];
      } catch (error) {
        return [{ kind: 'environment', choice, problem: shortProblem(error) }];
      }
    }),
  );
  return nodes.flat();
}

const shortProblem = (error: unknown): string =>
  error instanceof UserError && error.code === 'deploy/not-signed-in' ? 'not signed in' : messageOf(error);

async function childrenOf(node: DeployNode, parts: Parts): Promise<readonly DeployNode[]> {
  try {
    return await askChildren(node, parts);
  } catch (error) {
    return [{ kind: 'problem', message: messageOf(error) }];
  }
}

async function askChildren(node: DeployNode, parts: Parts): Promise<readonly DeployNode[]> {
  const { signal } = new AbortController();
  switch (node.kind) {
    case 'environment':
      return partsOf(node);
    case 'releases':
      return releaseNodes(node.choice, parts, signal);
    case 'variables': {
      const values = (await node.choice.provider.config?.read(node.choice.target, undefined, signal)) ?? {};
      return Object.keys(values)
        .toSorted()
        .map((key) => ({ kind: 'variable', choice: node.choice, key }));
    }
    case 'domains': {
      const hostnames = (await node.choice.provider.domains?.list(node.choice.target, signal)) ?? [];
      return hostnames.map((hostname) => ({ kind: 'domain', choice: node.choice, hostname }));
    }
    default:
      return [];
  }
}

/** Each release with the deploy that made it, where this machine has a record of it. */
async function releaseNodes(
  choice: Choice,
  { host }: Parts,
  signal: AbortSignal,
): Promise<readonly DeployNode[]> {
  const { provider, target } = choice;
  const [releases, records] = await Promise.all([
    provider.releases(target, signal, mostReleases),
    host.records.of(target, provider.id, mostReleases),
  ]);
  return releases.map((release) => {
    const record = records.find((one) => one.release === release.version);
    return { kind: 'release', choice, release, ...(record ? { record } : {}) };
  });
}

function partsOf({ choice, status }: Extract<DeployNode, { kind: 'environment' }>): readonly DeployNode[] {
  if (status === undefined) return [];
  const { provider } = choice;
  const groups = groupsOf(choice, [
    ['releases', true],
    ['variables', provider.config !== undefined],
    ['domains', provider.domains !== undefined],
  ]);
  return [
    ...status.processes.map((process): DeployNode => ({ kind: 'process', choice, process })),
    ...groups,
  ];
}

function groupsOf(
  choice: Choice,
  kinds: readonly (readonly ['releases' | 'variables' | 'domains', boolean])[],
): readonly DeployNode[] {
  return kinds.filter(([, has]) => has).map(([kind]) => ({ kind, choice }));
}
