/**
 * Every command of the extension, once. The manifest's `contributes.commands` and `contributes.menus` and the README's table are
 * generated from this table (`npm run gen`).
 */

/** Where a command stands beside the palette: a menu id of VS Code with its `when` and `group`. */
export interface Placement {
  readonly menu: string;
  readonly when?: string;
  readonly group?: string;
}

export interface CommandInfo {
  readonly title: string;
  /** One line for the README. */
  readonly description: string;
  readonly icon?: string;
  readonly enablement?: string;
  /** `false` hides it from the palette: it needs an argument that only a menu gives. Else a `when` clause. */
  readonly palette?: false | string;
  readonly placements?: readonly Placement[];
}

const trusted = 'isWorkspaceTrusted';
const aTarget = 'viewItem =~ /^target/';
const isRunning = 'viewItem =~ /^target.*running/';
const isPinned = 'viewItem =~ /^target.*pinned/';

export const commands = {
  'servicewright.newMicroservice': {
    title: 'New Microservice',
    description: 'Makes a new service from a template: answers, a preview of the files, a git repository.',
    icon: '$(add)',
    placements: [
      { menu: 'view/title', when: 'view == servicewright.services', group: 'navigation@1' },
      { menu: 'explorer/context', when: 'explorerResourceIsFolder', group: '2_workspace@9' },
    ],
  },
  'servicewright.scaffold.checkTemplate': {
    title: 'Check Template',
    description: 'Tries a template with many combinations of answers; what is wrong is shown in Problems.',
    icon: '$(checklist)',
    placements: [
      { menu: 'editor/title', when: 'resourceFilename == template.yaml', group: 'navigation@5' },
      { menu: 'explorer/context', when: 'resourceFilename == template.yaml', group: '2_workspace@9' },
    ],
  },
  'servicewright.services.refresh': {
    title: 'Refresh Services',
    description: 'Looks for `servicewright.yaml` files again.',
    icon: '$(refresh)',
    placements: [{ menu: 'view/title', when: 'view == servicewright.services', group: 'navigation@9' }],
  },
  'servicewright.services.update': {
    title: 'Update from Template',
    description:
      'Brings a service to the newest version of its template: a preview, three-way merges, conflicts in the merge editor.',
    icon: '$(arrow-circle-up)',
    placements: [
      {
        menu: 'view/item/context',
        when: 'view == servicewright.services && viewItem == service-behind',
        group: 'inline@2',
      },
      {
        menu: 'view/item/context',
        when: 'view == servicewright.services && viewItem =~ /^service-(behind|current)/',
        group: '2_template@1',
      },
    ],
  },
  'servicewright.services.compare': {
    title: 'Compare with Template',
    description: 'Shows what the template gave for a file beside what stands there now.',
    palette: false,
  },
  'servicewright.guidelines.explainRule': {
    title: 'Explain Guideline Rule',
    description: 'Opens the page of one guideline rule: why, a bad and a good example, its source.',
    icon: '$(book)',
  },
  'servicewright.guidelines.showConfiguration': {
    title: 'Show Effective Guidelines',
    description:
      'Shows which guideline rules hold for the open API description, with severities and options, and the files that say so.',
    icon: '$(settings)',
  },
  'servicewright.guidelines.disable': {
    title: 'Disable Guideline Rule Here',
    description: 'Asks for the reason, then silences one finding with a comment or in the ignore file.',
    palette: false,
  },
  'servicewright.tasks.run': {
    title: 'Run Target',
    description: 'Runs one target of a Makefile, justfile or Taskfile as a VS Code task.',
    icon: '$(play)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: `${aTarget} && !(${isRunning})`, group: 'inline@1' },
      { menu: 'view/item/context', when: `${aTarget} && !(${isRunning})`, group: '1_run@1' },
    ],
  },
  'servicewright.tasks.runWith': {
    title: 'Run Target with Arguments and Variables…',
    description: 'Runs a target with values that it reads, remembered for the next time.',
    icon: '$(run-above)',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: `${aTarget} && !(${isRunning})`, group: '1_run@2' }],
  },
  'servicewright.tasks.rerun': {
    title: 'Run Target Again',
    description: 'Runs a target as it ran last, with the same values.',
    icon: '$(debug-rerun)',
    enablement: trusted,
    palette: false,
    placements: [{ menu: 'view/item/context', when: `${aTarget} && viewItem =~ / ran/`, group: '1_run@3' }],
  },
  'servicewright.tasks.stop': {
    title: 'Stop Target',
    description: 'Ends a target that is running.',
    icon: '$(debug-stop)',
    palette: false,
    placements: [
      { menu: 'view/item/context', when: isRunning, group: 'inline@1' },
      { menu: 'view/item/context', when: isRunning, group: '1_run@1' },
    ],
  },
  'servicewright.tasks.reveal': {
    title: 'Go to Target',
    description: 'Opens the file at the line of a target.',
    icon: '$(go-to-file)',
    palette: false,
    placements: [{ menu: 'view/item/context', when: aTarget, group: '2_go@1' }],
  },
  'servicewright.tasks.pin': {
    title: 'Pin Target',
    description: 'Keeps a target at the top of the Tasks view.',
    icon: '$(pin)',
    palette: false,
    placements: [
      { menu: 'view/item/context', when: `${aTarget} && !(${isPinned})`, group: 'inline@2' },
      { menu: 'view/item/context', when: `${aTarget} && !(${isPinned})`, group: '3_pin@1' },
    ],
  },
  'servicewright.tasks.unpin': {
    title: 'Unpin Target',
    description: 'Takes a target from the top of the Tasks view.',
    icon: '$(pinned)',
    palette: false,
    placements: [
      { menu: 'view/item/context', when: `${aTarget} && ${isPinned}`, group: 'inline@2' },
      { menu: 'view/item/context', when: `${aTarget} && ${isPinned}`, group: '3_pin@1' },
    ],
  },
  'servicewright.tasks.ask': {
    title: 'List Every Target with make',
    description:
      'Asks make itself, after saying that this runs code of the Makefile, for the names that only it knows.',
    icon: '$(question)',
    enablement: trusted,
    placements: [
      {
        menu: 'view/item/context',
        when: 'viewItem =~ /^(file|unresolved|group-unresolved)/',
        group: '1_ask@1',
      },
      { menu: 'view/item/context', when: 'viewItem =~ /^group-unresolved/', group: 'inline@1' },
    ],
  },
  'servicewright.tasks.refresh': {
    title: 'Refresh Tasks',
    description: 'Reads the Makefiles, justfiles and Taskfiles of the workspace again.',
    icon: '$(refresh)',
    placements: [{ menu: 'view/title', when: 'view == servicewright.tasks', group: 'navigation@9' }],
  },
  'servicewright.deploy.start': {
    title: 'Deploy Service',
    description: 'Deploys a service to one of its environments and waits until it answers.',
    icon: '$(rocket)',
    enablement: trusted,
    placements: [
      { menu: 'view/title', when: 'view == servicewright.deployments', group: 'navigation@1' },
      { menu: 'view/item/context', when: 'viewItem =~ /^(service|environment)/', group: 'inline@1' },
    ],
  },
  'servicewright.deploy.menu': {
    title: 'Deploy: Actions',
    description: 'What can be done now with the service of the status bar: deploy, open, logs, roll back.',
    palette: false,
  },
  'servicewright.deploy.openApp': {
    title: 'Open Deployed Service',
    description: 'Opens the address of the running service in a browser.',
    icon: '$(globe)',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: 'viewItem =~ /^environment-live/', group: 'inline@2' }],
  },
  'servicewright.deploy.showLogs': {
    title: 'Show Logs',
    description: 'Follows the logs of the running service in an output channel.',
    icon: '$(output)',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: 'viewItem =~ /^environment/', group: 'inline@3' }],
  },
  'servicewright.deploy.rollBack': {
    title: 'Roll Back',
    description: 'Makes an earlier release the running one, after showing what will change.',
    icon: '$(discard)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment-live/', group: '9_danger@1' },
      { menu: 'view/item/context', when: 'viewItem =~ /^release-old/', group: 'inline@1' },
    ],
  },
  'servicewright.deploy.scale': {
    title: 'Scale',
    description: 'Sets how many processes of a deployed service run.',
    icon: '$(graph)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment-live.* scales/', group: '2_change@1' },
    ],
  },
  'servicewright.deploy.restart': {
    title: 'Restart Processes',
    description: 'Starts every process of a deployed service again.',
    icon: '$(debug-restart)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment-live.* scales/', group: '2_change@2' },
    ],
  },
  'servicewright.deploy.switchEnvironment': {
    title: 'Switch Environment',
    description: 'Makes another environment the one that the deploy button is about.',
    icon: '$(arrow-swap)',
    enablement: trusted,
  },
  'servicewright.deploy.signIn': {
    title: 'Sign In to Platform',
    description:
      'Signs in to the server of an environment; the token goes to the secret storage of the editor.',
    icon: '$(account)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment.* account/', group: '8_account@1' },
    ],
  },
  'servicewright.deploy.signOut': {
    title: 'Sign Out of Platform',
    description: 'Forgets the token for the server of an environment.',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment.* account/', group: '8_account@2' },
    ],
  },
  'servicewright.deploy.setVariable': {
    title: 'Set Variable',
    description: 'Sets a configuration variable of a deployed service; its value is not shown.',
    icon: '$(edit)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem == variables', group: 'inline@1' },
      { menu: 'view/item/context', when: 'viewItem == variable', group: 'inline@1' },
    ],
  },
  'servicewright.deploy.unsetVariable': {
    title: 'Unset Variable',
    description: 'Takes a configuration variable away from a deployed service.',
    enablement: trusted,
    palette: false,
    placements: [{ menu: 'view/item/context', when: 'viewItem == variable', group: '9_danger@1' }],
  },
  'servicewright.deploy.copyVariable': {
    title: 'Copy Value',
    description: 'Copies the value of a configuration variable to the clipboard without showing it.',
    icon: '$(copy)',
    enablement: trusted,
    palette: false,
    placements: [{ menu: 'view/item/context', when: 'viewItem == variable', group: 'inline@2' }],
  },
  'servicewright.deploy.refresh': {
    title: 'Refresh Deployments',
    description: 'Asks the platforms for releases again.',
    icon: '$(refresh)',
    placements: [{ menu: 'view/title', when: 'view == servicewright.deployments', group: 'navigation@9' }],
  },
  'servicewright.platform.start': {
    title: 'Start Embedded Platform',
    description: 'Starts the platform of this machine; deploying starts it as well.',
    enablement: trusted,
  },
  'servicewright.platform.stop': {
    title: 'Stop Embedded Platform',
    description: 'Stops every service of the embedded platform, its databases and the platform itself.',
    enablement: trusted,
    placements: [{ menu: 'view/title', when: 'view == servicewright.deployments', group: '9_platform' }],
  },
  'servicewright.showLog': {
    title: 'Show Log',
    description: "Opens the extension's own log.",
  },
} as const satisfies Readonly<Record<`servicewright.${string}`, CommandInfo>>;

export type CommandId = keyof typeof commands;
