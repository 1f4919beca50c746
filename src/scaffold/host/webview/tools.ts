import type { ToolView } from '../../form/protocol';
import type { Part } from './dom';
import { el, icon, keyed, set, write } from './dom';

const icons = { found: 'check', missing: 'warning', unknown: 'info' } as const;

/** The programs that the service will need, and which of them this machine has. */
export function createTools(): Part<readonly ToolView[]> {
  const list = el('ul', { class: 'tools' });
  const show = keyed<ToolView>(list, (tool) => `${tool.name} ${tool.state}`, createTool);
  const element = el('section', { class: 'block' }, el('h2', {}, 'Needed on this machine'), list);
  return {
    element,
    update: (tools) => {
      element.hidden = tools.length === 0;
      show(tools);
    },
  };
}

function createTool(first: ToolView): Part<ToolView> {
  const name = el('span', { class: 'tool-name' });
  const says = el('span', { class: 'tool-says' });
  const why = el('span', { class: 'tool-why' });
  const element = el('li', { class: 'tool' }, icon(icons[first.state]), name, says, why);
  return {
    element,
    update: (tool) => {
      write(name, tool.name);
      write(says, tool.says);
      write(why, tool.why);
      set(element, { class: `tool tool-${tool.state}` });
    },
  };
}
