import type { DeployHost } from '../vscode';
import type { Deployments } from './deployments';
import type { LogDocuments } from './log-documents';
import type { LogChannels } from './logs';
import type { Pages } from './pages';
import type { Selection } from './selection';

/** What the parts of the deploy surface share. */
export interface Parts {
  readonly host: DeployHost;
  readonly logs: LogChannels;
  readonly selection: Selection;
  readonly deployments: Deployments;
  readonly pages: Pages;
  readonly logDocuments: LogDocuments;
}
