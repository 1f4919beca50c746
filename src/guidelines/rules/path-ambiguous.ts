import { fact, listed } from '../fact';
import type { Spec } from '../spec';
import { defineRule } from '../rule';

/** One word may stand for a segment with a placeholder; `{a}.{b}` is taken for what it says. */
const isVariable = (segment: string): boolean => /^\{[^{}]+\}$/.test(segment);

const paths = listed((view) => view.nodes('path').flatMap((item) => item.key ?? []));

interface Template {
  readonly path: string;
  readonly segments: readonly string[];
}

function canMeet(one: Template, other: Template): boolean {
  return one.segments.every((segment, at) => {
    const against = other.segments[at] ?? '';
    return segment === against || isVariable(segment) || isVariable(against);
  });
}

/** Where one has a placeholder everywhere where the other has, the more exact one goes first, so it is known which is meant. */
function covers(one: Template, other: Template): boolean {
  return one.segments.every((segment, at) => isVariable(segment) || !isVariable(other.segments[at] ?? ''));
}

/** Paths that can be meant together with one that stands before, with that one. */
const twins = fact((spec: Spec): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const groups = new Map<string, Template[]>();
  for (const path of paths(spec)) {
    const template = { path, segments: path.split('/') };
    for (const key of keysOf(template.segments, groups.keys())) {
      const group = groups.get(key) ?? [];
      const twin = group.find(
        (one) => canMeet(one, template) && !covers(one, template) && !covers(template, one),
      );
      if (twin !== undefined && !found.has(path)) found.set(path, twin.path);
    }
    const home = homeOf(template.segments);
    groups.set(home, [...(groups.get(home) ?? []), template]);
  }
  return found;
});

/** Where templates are kept that can be meant together with this one. */
function keysOf(segments: readonly string[], homes: Iterable<string>): readonly string[] {
  const home = homeOf(segments);
  const [length] = home.split(' ');
  if (!home.endsWith(' {}')) return [home, `${length} {}`];
  return [...homes].filter((one) => one.startsWith(`${length} `));
}

/** Templates are kept by their length and first segment, so that few are compared. */
function homeOf([, first = '', ...rest]: readonly string[]): string {
  return `${rest.length} ${isVariable(first) ? '{}' : first}`;
}

export const pathAmbiguous = defineRule({
  id: 'path-ambiguous',
  summary: 'No address fits two paths.',
  why: 'For `/orders/latest`, a server that has both `/orders/{id}` and `/{kind}/latest` must guess; two servers guess differently.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Paths Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#paths-object',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `paths:
  /orders/{orderId}: {}
  /{kind}/latest: {} # want
`,
  good: `paths:
  /orders/latest: {}
  /customers/latest: {}
`,
  wholeDocument: true,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const other = twins(spec).get(path);
      if (other !== undefined)
        report({
          at: item,
          message: `An address can fit this path and \`${other}\` too, and it is not said which is meant.`,
        });
    },
  },
});
