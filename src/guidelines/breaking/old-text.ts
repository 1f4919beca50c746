import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const mostLines = 24;
const mostWidth = 160;

/** A value of the old version as people read it: with its key, from the margin, and not endless; and its line, counted from zero. */
export function oldText(node: TreeNode, spec: Spec): { readonly text: string; readonly line: number } {
  const { lines } = spec.source;
  const start = node.keySpan?.start ?? node.start;
  const line = lines.lineOf(start);
  const written = spec.source.slice(start, Math.max(node.end, start)).trimEnd();
  const [first = '', ...rest] = written.split(/\r?\n/);
  const shown = [first, ...fromMargin(rest.slice(0, mostLines - 1))].map((one) =>
    one.length > mostWidth ? `${one.slice(0, mostWidth)}…` : one,
  );
  return { text: (rest.length < mostLines ? shown : [...shown, '…']).join('\n'), line };
}

/** Lines that stand below a key: what is nested stays nested, what closes a bracket goes to the margin. */
function fromMargin(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const least = Math.min(...indents);
  const isClosed = /^\s*[}\]]/.test(lines.at(-1) ?? '');
  return lines.map((line) => (isClosed ? '' : '  ') + line.slice(Number.isFinite(least) ? least : 0));
}
