import { replaceValue } from '../edit';
import { formatPointer, parsePointer } from '../pointer';
import type { Fix } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';

interface Miss {
  /** What exists of the way. */
  readonly known: readonly string[];
  readonly missing: string;
  readonly meant: string | undefined;
}

/** What was meant by names among these keys: what is missing is mostly missed in many places. */
const meant = new WeakMap<readonly string[], Map<string, string | undefined>>();

function meantAmong(keys: readonly string[], name: string): string | undefined {
  let known = meant.get(keys);
  if (known === undefined) {
    known = new Map();
    meant.set(keys, known);
  }
  if (!known.has(name)) known.set(name, meantBy(name, keys));
  return known.get(name);
}

function missOf(pointer: string, spec: Spec): Miss {
  const segments = parsePointer(pointer);
  const at = segments.findIndex(
    (_, index) => spec.resolve(`#${formatPointer(segments.slice(0, index + 1))}`) === undefined,
  );
  const known = segments.slice(0, at);
  const missing = segments[at] ?? '';
  const { keys = [] } = spec.resolve(`#${formatPointer(known)}`)?.actual ?? {};
  return { known, missing, meant: meantAmong(keys, missing) };
}

/** Where a reference ends that leads nowhere. */
interface End extends Miss {
  /** The file that it names: nothing for the same. */
  readonly file: string;
  readonly pointer: string;
  /** Who holds what is missing. */
  readonly holder: Spec;
}

function fixOf(spec: Spec, at: TreeNode, { known, meant, pointer, file, holder }: End): Fix | undefined {
  if (meant === undefined) return undefined;
  const rest = parsePointer(pointer).slice(known.length + 1);
  const target = `#${formatPointer([...known, meant, ...rest])}`;
  if (holder.resolve(target) === undefined) return undefined;
  return { title: `Refer to ${meant}`, safe: true, edits: () => replaceValue(spec, at, file + target) };
}

/** What a reference to another file lacks; a sentence when the file itself is missing. */
function endElsewhere(ref: string, spec: Spec): End | string | undefined {
  const lead = spec.others?.leadOf(ref);
  if (lead?.kind === 'missing')
    return `This reference leads nowhere: there is no file \`${lead.name}\` that can be read.`;
  if (lead?.kind !== 'file' || spec.resolve(ref) !== undefined) return undefined;
  const { pointer } = lead;
  // Names that are no pointers stand in `$anchor`, which is not followed.
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  return { ...missOf(pointer, lead.spec), pointer, file: ref.slice(0, ref.indexOf('#')), holder: lead.spec };
}

function endHere(ref: string, spec: Spec): End | undefined {
  if (!(ref === '#' || ref.startsWith('#/')) || spec.resolve(ref) !== undefined) return undefined;
  return { ...missOf(ref.slice(1), spec), pointer: ref.slice(1), file: '', holder: spec };
}

function messageOf({ known, missing, meant, file }: End): string {
  const inside = known.length === 0 ? '' : `\`${known.join('/')}\``;
  const place =
    file === '' ? inside || 'this document' : `${inside === '' ? '' : `${inside} in `}\`${file}\``;
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `This reference leads nowhere: ${place} has no \`${missing}\`.${hint}`;
}

/** A schema with an `$id` starts a base of its own, so `#/…` below it does not mean this document. */
function hasOwnBase(node: TreeNode): boolean {
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) if (at.has('$id')) return true;
  return false;
}

export const unresolvedRef = defineRule({
  id: 'unresolved-ref',
  summary: 'Every `$ref` into this document, or into another file of it, leads somewhere.',
  why: 'Documentation, clients and tests can’t be made from a description with a hole in it; most tools stop at the first.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Reference Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#reference-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      type: object
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Oder' # want
`,
  good: `components:
  schemas:
    Order:
      type: object
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Order'
`,
  wholeDocument: true,
  visit: {
    ref(node, report, spec) {
      const at = node.get('$ref');
      const ref = at?.string;
      if (at === undefined || ref === undefined) return;
      const end = ref.startsWith('#') ? endHere(ref, spec) : endElsewhere(ref, spec);
      if (end === undefined || hasOwnBase(node)) return;
      if (typeof end === 'string') report({ at, on: 'value', message: end });
      else report({ at, on: 'value', message: messageOf(end), fix: fixOf(spec, at, end) });
    },
  },
});
