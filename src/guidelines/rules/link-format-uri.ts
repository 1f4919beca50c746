import { canInsert, insertAfter } from '../edit';
import { lyst } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

/** Names that say that an address is in them: `href`, `avatar_url`, `callbackUri`. */
function isLink(name: string): boolean {
  const last = wordsOf(name).at(-1);
  return last === 'url' || last === 'uri' || last === 'href';
}

export const linkFormatUri = defineRule({
  id: 'link-format-uri',
  summary: 'Links are told as such, with `format: uri`: full addresses with scheme and host.',
  why: 'A client that got half an address has to know where the other half comes from. With the format a generator makes a URL of it, and a check finds the relative ones.',
  severity: 'info',
  source: lyst('Data types'),
  presets: ['strict', 'lyst', 'zalando'],
  fixable: true,
  bad: `components:
  schemas:
    Event:
      type: object
      properties:
        users_url: # want
          type: string
`,
  good: `components:
  schemas:
    Event:
      type: object
      properties:
        users_url:
          type: string
          format: uri
`,
  visit: {
    properties: propertiesNamed(isLink, (property, report, spec) => {
      if (!isOfType(property, 'string')) return;
      const format = property.get('format');
      if (format !== undefined && !/^(?:uri|iri)-reference$/.test(format.string ?? '')) return;
      if (['pattern', 'enum', 'const'].some((key) => property.has(key))) return;
      const type = property.get('type');
      const isBare = format === undefined && type !== undefined && canInsert(property);
      report({
        at: format ?? property,
        on: format === undefined ? 'key' : 'value',
        message: `\`${property.key ?? ''}\` holds an address: say so with \`format: uri\`, and give it in full, so that nobody has to know what to put before it.`,
        fix: isBare
          ? {
              title: 'Add format: uri',
              safe: false,
              edits: () => insertAfter(spec, type, ['format', 'uri']),
            }
          : undefined,
      });
    }),
  },
});
