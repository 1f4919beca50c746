import type { CommandInfo } from './command-info';
import { deployCommands } from './deploy-commands';
import { serviceCommands } from './service-commands';

/**
 * Every command of the extension, once. The manifest's `contributes.commands` and `contributes.menus` and the README's table are
 * generated from this table (`npm run gen`).
 */

const trusted = 'isWorkspaceTrusted';
const aTarget = 'viewItem =~ /^target/';
const isRunning = 'viewItem =~ /^target.*running/';
const isPinned = 'viewItem =~ /^target.*pinned/';

export const commands = {
  ...serviceCommands,
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
  'servicewright.guidelines.showReferences': {
    title: 'Show References to Component',
    description: 'Shows where a component of an API description is referred to, in all its files.',
    palette: false,
  },
  'servicewright.guidelines.preview': {
    title: 'Open API Preview',
    description:
      'Shows the operations, parameters, schemas and examples of an API description beside the editor, as it is typed.',
    icon: '$(open-preview)',
    palette: 'servicewright.showsDescription',
    placements: [{ menu: 'editor/title', when: 'servicewright.showsDescription', group: 'navigation@4' }],
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
  ...deployCommands,
  'servicewright.showLog': {
    title: 'Show Log',
    description: "Opens the extension's own log.",
  },
} as const satisfies Readonly<Record<`servicewright.${string}`, CommandInfo>>;

export type CommandId = keyof typeof commands;
