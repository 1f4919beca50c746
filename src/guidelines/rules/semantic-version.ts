import { zalando } from '../guides';
import { defineRule } from '../rule';

export const semanticVersion = defineRule({
  id: 'semantic-version',
  summary: 'The version of the description is a semantic one: major.minor.patch.',
  why: 'From `2.0.0` after `1.4.2` a client sees that something breaks, from `1.5.0` that something came. Other schemes each need an explanation.',
  severity: 'info',
  source: zalando(116),
  presets: ['strict', 'zalando'],
  bad: `info:
  title: Orders
  version: v1 # want
  description: Orders of the shop.
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team }
`,
  visit: {
    info(node, report) {
      const version = node.get('version');
      if (version === undefined || /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(String(version.value))) return;
      report({
        at: version,
        on: 'value',
        message:
          'Number versions as major.minor.patch, such as `1.0.0`: it says whether the next one breaks anything.',
      });
    },
  },
});
