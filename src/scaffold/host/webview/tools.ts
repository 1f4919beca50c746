import type { ToolView } from '../../form/protocol';
import type { Part } from './dom';
import { el, icon, keyed, set, write } from './dom';

const icons = { met: 'check', missing: 'warning', 'wrong-version': 'warning', unknown: 'info' } as const;

/** The programs that the service will need, and which of them this machine has. None of them is needed to write the files. */
export function createTools(): Part<readonly ToolView[]> {
  const list = el('ul', { class: 'tools' });
  const show = keyed<ToolView>(list, (tool) => `${tool.name} ${tool.state}`, createTool);
  const element = el('section', { class: 'block' }, el('h2', {}, 'Needed to work with it'), list);
  return {
    element,
    update: (tools) => {
      element.hidden = tools.length === 0;
      show(tools);
    },
  };
}

function createTool(first: ToolView): Part<ToolView> {
  const says = el('span', { class: 'tool-says' });
  const element = el('li', { class: 'tool' }, icon(icons[first.state]), says);
  return {
    element,
    update: (tool) => {
      write(says, tool.says);
      set(element, { class: `tool tool-${icons[tool.state]}` });
    },
  };
}
