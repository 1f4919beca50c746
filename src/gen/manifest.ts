import { commands } from '../base/commands';
import type { CommandInfo, Placement } from '../base/command-info';
import type { JsonObject } from '../base/json';
import { settings } from '../base/settings';
import { configLanguage, configScheme, formPanel, logScheme, views } from '../base/views';
import { walkthrough } from '../base/walkthrough';
import { deployTaskDefinition, deployTaskType } from '../deploy/contributes';
import { snippetFiles } from './snippets';
import { problemMatchers, taskDefinitions } from '../tasks/contributes';

const category = 'Servicewright';
const table: Readonly<Record<string, CommandInfo>> = commands;
const container = 'servicewright';

/** The parts of package.json that come from code: `activationEvents`, `capabilities`, `contributes`. */
export function manifestParts(): JsonObject {
  return {
    activationEvents: [
      'workspaceContains:servicewright.yaml',
      'workspaceContains:*/servicewright.yaml',
      'onLanguage:yaml',
      'onLanguage:json',
      'onLanguage:jsonc',
      'onLanguage:makefile',
      'workspaceContains:Makefile',
      'workspaceContains:justfile',
      'workspaceContains:Taskfile.yml',
      ...taskDefinitions.map((one) => `onTaskType:${one.type}`),
      `onTaskType:${deployTaskType}`,
      `onWebviewPanel:${formPanel}`,
      `onFileSystem:${configScheme}`,
      `onFileSystem:${logScheme}`,
    ],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description:
          'In Restricted Mode API guidelines are checked and targets are listed; nothing is run or deployed.',
        restrictedConfigurations: Object.entries(settings)
          .filter(([, one]) => one.restricted)
          .map(([name]) => `servicewright.${name}`),
      },
      virtualWorkspaces: {
        supported: 'limited',
        description:
          'Guidelines are checked and targets are listed; running and deploying need files on disk.',
      },
    },
    contributes: contributes(),
  };
}

function contributes(): JsonObject {
  return {
    commands: Object.entries(table).map(([command, info]) => ({
      command,
      title: info.title,
      category,
      ...(info.icon === undefined ? {} : { icon: info.icon }),
      ...(info.enablement === undefined ? {} : { enablement: info.enablement }),
    })),
    menus: menus(),
    configuration: { title: 'Servicewright', properties: configuration() },
    viewsContainers: { activitybar: [{ id: container, title: 'Servicewright', icon: 'media/activity.svg' }] },
    views: {
      [container]: Object.entries(views).map(([id, view]) => ({ id, name: view.name, icon: view.icon })),
    },
    viewsWelcome: Object.entries(views).flatMap(([view, info]) =>
      info.welcome.map((one) => ({ view, ...one })),
    ),
    authentication: [{ id: 'servicewright', label: 'Servicewright' }],
    walkthroughs: [walkthrough],
    languages: [
      { id: 'procfile', aliases: ['Procfile'], filenames: ['Procfile'] },
      { id: configLanguage, aliases: ['Variables'], extensions: ['.config-vars'] },
    ],
    // Saving asks and makes a release, which nobody wants while typing.
    configurationDefaults: { [`[${configLanguage}]`]: { 'files.autoSave': 'off' } },
    snippets: snippetFiles.flatMap(({ path, languages }) =>
      languages.map((language) => ({ language, path: `./${path}` })),
    ),
    taskDefinitions: [...taskDefinitions, deployTaskDefinition],
    problemMatchers,
    yamlValidation: [
      { fileMatch: 'servicewright.yaml', url: './media/servicewright.schema.json' },
      { fileMatch: '.servicewright/guidelines*.yaml', url: './media/guidelines.schema.json' },
      { fileMatch: 'template.yaml', url: './media/template.schema.json' },
    ],
  };
}

function menus(): JsonObject {
  const out: Record<string, JsonObject[]> = {};
  for (const [command, info] of Object.entries(table)) {
    for (const place of placementsOf(info)) {
      const { menu, ...rest } = place;
      (out[menu] ??= []).push({ command, ...rest });
    }
  }
  return out;
}

function placementsOf(info: CommandInfo): readonly Placement[] {
  const palette = info.palette === undefined ? [] : [{ menu: 'commandPalette', when: String(info.palette) }];
  return [...palette, ...(info.placements ?? [])];
}

function configuration(): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).map(([name, one], order) => [
      `servicewright.${name}`,
      {
        ...one.schema,
        default: one.default,
        markdownDescription: one.description,
        scope: one.scope,
        order,
      },
    ]),
  );
}
