import type { Range } from '../../../base/text';
import type { Checked, Edit, Problem } from '../problem';

/** Recipe lines that begin with blanks: make stops with `missing separator`. */
export function checkTabs({ outline, lines }: Checked): readonly Problem[] {
  const edits = outline.untabbed.map((range) => tabFor(range, lines));
  const all = { title: `Use tabs in all ${edits.length} lines`, edits };
  return outline.untabbed.map((range, index) => {
    const own = edits[index];
    const one = { title: 'Use a tab', edits: own ? [own] : [] };
    return {
      code: 'tab',
      severity: 'error',
      range,
      message: 'A recipe line begins with a tab; make stops here with “missing separator”.',
      fixes: edits.length > 1 ? [one, all] : [one],
    };
  });
}

function tabFor({ start }: Range, lines: readonly string[]): Edit {
  const blanks = /^\s*/.exec(lines[start.line] ?? '')?.[0].length ?? 0;
  return { range: { start, end: { line: start.line, character: blanks } }, text: '\t' };
}
