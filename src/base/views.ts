/** The activity-bar container's views and what each says when it is empty; generated into the manifest. */

export interface Welcome {
  readonly contents: string;
  readonly when?: string;
}

export interface ViewInfo {
  readonly name: string;
  readonly icon: string;
  readonly welcome: readonly Welcome[];
}

/** Context keys that the extension sets and `when` clauses read. */
export const contextKeys = {
  hasServices: 'servicewright.hasServices',
  hasTargets: 'servicewright.hasTargets',
  /** The editor in front holds an API description. */
  showsDescription: 'servicewright.showsDescription',
  /** The editor in front holds a log that is paused. */
  logPaused: 'servicewright.logPaused',
} as const;

/** The type of the panel that holds the form of *New Microservice*; a window that is loaded again finds it by this name. */
export const formPanel = 'servicewright.newMicroservice';

/** The scheme of the documents that hold the variables of a deployed service, and their language. */
export const configScheme = 'servicewright-config';
export const configLanguage = 'servicewright-config';

/** The scheme of the documents that hold the logs of deployed services. */
export const logScheme = 'servicewright-log';

/** The type of the panels that show API descriptions. */
export const previewPanel = 'servicewright.apiPreview';

export const views = {
  'servicewright.services': {
    name: 'Services',
    icon: '$(package)',
    welcome: [
      {
        contents:
          'No service here yet. A service is a folder with a servicewright.yaml.\n[New Microservice](command:servicewright.newMicroservice)\nOr [open a folder](command:vscode.openFolder) that holds one.',
      },
    ],
  },
  'servicewright.tasks': {
    name: 'Tasks',
    icon: '$(play)',
    welcome: [
      {
        when: 'workspaceFolderCount == 0',
        contents: 'Open a folder to see the targets of its Makefiles, justfiles and Taskfiles.',
      },
      {
        when: 'workspaceFolderCount != 0',
        contents:
          'No Makefile, justfile or Taskfile in this workspace. Every target of one shows up here and in Run Task, without anything being run to find it.',
      },
    ],
  },
  'servicewright.deployments': {
    name: 'Deployments',
    icon: '$(rocket)',
    welcome: [
      {
        when: '!isWorkspaceTrusted',
        contents:
          'Nothing is deployed from a folder in Restricted Mode.\n[Manage Workspace Trust](command:workbench.trust.manage)',
      },
      {
        when: `isWorkspaceTrusted && !${contextKeys.hasServices}`,
        contents:
          'Open or make a service to deploy it.\n[New Microservice](command:servicewright.newMicroservice)',
      },
      {
        when: `isWorkspaceTrusted && ${contextKeys.hasServices}`,
        contents: 'Nothing is deployed yet.\n[Deploy Service](command:servicewright.deploy.start)',
      },
    ],
  },
} as const satisfies Readonly<Record<string, ViewInfo>>;
