/** Values as text, in the three ways of writing that descriptions use. */

/** What can be written into a document. */
export type Content = string | boolean | readonly Content[] | { readonly [key: string]: Content };

/** How the text around a map's entry is written. */
export interface Layout {
  readonly kind: 'block' | 'flow' | 'json';
  /** Spaces (or, in JSON, tabs) before a key of the map. */
  readonly indent: string;
  readonly step: string;
  readonly eol: string;
  /** Whether each entry stands on a line of its own. */
  readonly lines: boolean;
}

/** A string in the quotes that `first`, the first character of what it replaces, says. */
export function quoteLike(first: string, value: string): string {
  if (first === '"') return JSON.stringify(value);
  if (first === "'") return `'${value.replaceAll("'", "''")}'`;
  return plainOrQuoted(value);
}

/** Strings that YAML would read as something else, or not at all, without quotes. */
function plainOrQuoted(value: string): string {
  const isSafe =
    /^[$\p{L}/][\p{L}\p{N}_/ .,()+-]*$/u.test(value) &&
    !/\s$/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off|~)$/i.test(value);
  return isSafe ? value : `'${value.replaceAll("'", "''")}'`;
}

/** An entry of a map, as its layout wants it; without the indentation of its first line. */
export function renderEntry([key, value]: readonly [string, Content], layout: Layout): string {
  if (layout.kind === 'block') return renderBlockEntry(key, value, layout);
  return `${renderFlowKey(key, layout)}: ${renderFlow(value, layout)}`;
}

function renderFlowKey(key: string, layout: Layout): string {
  return layout.kind === 'json' ? JSON.stringify(key) : plainOrQuoted(key);
}

function isList(value: Content): value is readonly Content[] {
  return Array.isArray(value);
}

export function renderFlow(value: Content, layout: Layout): string {
  if (typeof value === 'string') return layout.kind === 'json' ? JSON.stringify(value) : plainOrQuoted(value);
  if (typeof value === 'boolean') return String(value);
  const inner: Layout = { ...layout, indent: layout.indent + layout.step };
  const [opener, closer, items] = isList(value)
    ? (['[', ']', value.map((item) => renderFlow(item, inner))] as const)
    : ([
        '{',
        '}',
        Object.entries(value).map(
          ([key, item]) => `${renderFlowKey(key, inner)}: ${renderFlow(item, inner)}`,
        ),
      ] as const);
  if (items.length === 0) return opener + closer;
  if (!layout.lines) return `${opener} ${items.join(', ')} ${closer}`;
  const gap = layout.eol + inner.indent;
  return `${opener}${gap}${items.join(`,${gap}`)}${layout.eol}${layout.indent}${closer}`;
}

function renderBlockEntry(key: string, value: Content, layout: Layout): string {
  const name = plainOrQuoted(key);
  if (typeof value === 'string') return `${name}: ${plainOrQuoted(value)}`;
  if (typeof value === 'boolean') return `${name}: ${value}`;
  const inner: Layout = { ...layout, indent: layout.indent + layout.step };
  const gap = layout.eol + inner.indent;
  if (isList(value)) {
    const item: Layout = { ...inner, indent: `${inner.indent}  ` };
    return value.length === 0
      ? `${name}: []`
      : `${name}:${value.map((one) => `${gap}- ${renderBlockItem(one, item)}`).join('')}`;
  }
  const entries = Object.entries(value).map(([inside, one]) => gap + renderBlockEntry(inside, one, inner));
  return entries.length === 0 ? `${name}: {}` : `${name}:${entries.join('')}`;
}

/** An item behind its dash; `layout.indent` is where its keys stand. */
export function renderBlockItem(item: Content, layout: Layout): string {
  if (typeof item === 'string') return plainOrQuoted(item);
  if (typeof item === 'boolean' || isList(item))
    return renderFlow(item, { ...layout, kind: 'flow', lines: false });
  return Object.entries(item)
    .map(([key, value]) => renderBlockEntry(key, value, layout))
    .join(layout.eol + layout.indent);
}
