import type { CommandInfo } from './command-info';
import { contextKeys, logScheme } from './views';

const trusted = 'isWorkspaceTrusted';
const logInFront = `resourceScheme == ${logScheme}`;

/** The commands of deploying and of the embedded platform; a part of the table of all commands. */
export const deployCommands = {
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
  'servicewright.deploy.check': {
    title: 'Check Before Deploying',
    description:
      'Shows what a deploy would meet, and changes nothing: new commits, files that are not committed, failing guidelines, processes, missing variables, migrations.',
    icon: '$(checklist)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^(service|environment)/', group: '1_deploy@2' },
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
    description:
      'Follows the logs of the running service in a document that pauses, filters, and jumps from stack traces to the source.',
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
  'servicewright.deploy.compareReleases': {
    title: 'Compare Releases',
    description:
      'Shows what two releases differ in: image, commit, processes, quantities, names of variables. Two selected rows are compared with each other.',
    icon: '$(diff)',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: 'viewItem =~ /^release-/', group: '1_look@1' }],
  },
  'servicewright.deploy.promote': {
    title: 'Promote to Next Environment',
    description: 'Deploys the release that runs in one environment to the next one of servicewright.yaml.',
    icon: '$(arrow-up)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment-live/', group: '1_deploy@3' },
      { menu: 'view/item/context', when: 'viewItem =~ /^release-(current|old)/', group: '1_look@2' },
    ],
  },
  'servicewright.deploy.editConfig': {
    title: 'Edit Variables',
    description:
      'Opens the variables of a deployed service as a document without values; saving shows what changes and makes one release of it.',
    icon: '$(go-to-file)',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: 'viewItem == variables', group: 'inline@2' }],
  },
  'servicewright.deploy.compareConfig': {
    title: 'Compare Variables with .env',
    description: 'Shows which variables the .env of a service and an environment have, and which differ.',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: 'viewItem == variables', group: '1_look@1' }],
  },
  'servicewright.deploy.addDomain': {
    title: 'Add Domain',
    description: 'Adds a hostname under which a deployed service answers.',
    icon: '$(add)',
    enablement: trusted,
    placements: [{ menu: 'view/item/context', when: 'viewItem == domains', group: 'inline@1' }],
  },
  'servicewright.deploy.removeDomain': {
    title: 'Remove Domain',
    description: 'Removes a hostname from a deployed service.',
    enablement: trusted,
    palette: false,
    placements: [{ menu: 'view/item/context', when: 'viewItem == domain', group: '9_danger@1' }],
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
      { menu: 'view/item/context', when: 'viewItem =~ /^process restarts/', group: 'inline@1' },
    ],
  },
  'servicewright.deploy.maintenance': {
    title: 'Turn Maintenance On or Off',
    description: 'Takes a deployed service out of service for a while, or back into it.',
    icon: '$(tools)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment-live.* maintains/', group: '2_change@3' },
    ],
  },
  'servicewright.deploy.runCommand': {
    title: 'Run a Command',
    description:
      'Runs a command once beside a deployed service, with its image and its variables, in a terminal; where the platform can, it is typed to.',
    icon: '$(terminal)',
    enablement: trusted,
    placements: [
      { menu: 'view/item/context', when: 'viewItem =~ /^environment-live.* runs/', group: '2_change@4' },
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
  'servicewright.logs.pause': {
    title: 'Pause Log',
    description: 'Holds new lines of the log in front back; they are shown when it goes on.',
    icon: '$(debug-pause)',
    palette: logInFront,
    placements: [
      { menu: 'editor/title', when: `${logInFront} && !${contextKeys.logPaused}`, group: 'navigation@1' },
    ],
  },
  'servicewright.logs.resume': {
    title: 'Resume Log',
    description: 'Shows the lines that came while the log was paused, and follows on.',
    icon: '$(debug-continue)',
    palette: logInFront,
    placements: [
      { menu: 'editor/title', when: `${logInFront} && ${contextKeys.logPaused}`, group: 'navigation@1' },
    ],
  },
  'servicewright.logs.filter': {
    title: 'Filter Log',
    description:
      'Shows only lines of the log in front with some words, of a process, or that match a pattern.',
    icon: '$(filter)',
    palette: logInFront,
    placements: [{ menu: 'editor/title', when: logInFront, group: 'navigation@2' }],
  },
  'servicewright.logs.toEnd': {
    title: 'Go to End of Log',
    description: 'Goes to the newest line; from there on new ones are followed.',
    icon: '$(arrow-down)',
    palette: logInFront,
    placements: [{ menu: 'editor/title', when: logInFront, group: 'navigation@3' }],
  },
  'servicewright.logs.clear': {
    title: 'Clear Log',
    description: 'Empties the document of the log in front; the platform keeps its lines.',
    icon: '$(clear-all)',
    palette: logInFront,
    placements: [{ menu: 'editor/title', when: logInFront, group: 'log@1' }],
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
} as const satisfies Readonly<Record<`servicewright.${string}`, CommandInfo>>;
