import { defineRule } from '../rule';

/** Reported by the engine itself: a text that can't be read has no nodes to visit. */
export const syntax = defineRule({
  id: 'syntax',
  summary: 'The document is sound YAML or JSON, of a version that is understood.',
  why: 'A document that one parser reads and another refuses has no meaning. Nothing behind the first error is certain, so the other rules wait until it is mended.',
  severity: 'error',
  source: { guideline: 'YAML 1.2.2', url: 'https://yaml.org/spec/1.2.2/' },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `info:
  title: Orders
   version: 1.0.0 # want
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team, email: shop@example.com }
`,
  visit: {},
});
