import type { CommandInfo } from './command-info';

/** Commands about services and their templates: rows of the table in `commands.ts`. */
export const serviceCommands = {
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
  'servicewright.services.checkUpdates': {
    title: 'Check for Template Updates',
    description:
      'Asks where the templates of all services are for newer versions, over the network for those in git; the _Services_ view then says who is behind.',
    icon: '$(cloud-download)',
    placements: [{ menu: 'view/title', when: 'view == servicewright.services', group: 'navigation@8' }],
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
} as const satisfies Readonly<Record<`servicewright.${string}`, CommandInfo>>;
