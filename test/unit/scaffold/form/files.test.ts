import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileChange } from '../../../../src/scaffold';
import { contentView, filesView, noFiles, shownFile } from '../../../../src/scaffold/form/files';
import { markedLines } from '../../../../src/scaffold/form/lines';
import { sizeText } from '../../../../src/scaffold/form/size';
import { foldersOf, treeRows } from '../../../../src/scaffold/form/tree';
import { jumpIn, moveIn } from '../../../../src/scaffold/host/webview/tree-keys';
import { createRandom } from '../../../helpers/random';
import { after, fresh } from './helpers';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const change = (path: string, kind: FileChange['kind'] = 'create', text = 'x\n'): FileChange => ({
  path,
  kind,
  class: path === 'Makefile' ? 'managed' : 'sample',
  bytes: bytes(text),
  executable: false,
  standing: undefined,
});

test('the files are told with what will happen to them', () => {
  const files = [change('Makefile', 'same'), change('README.md'), change('a/b.txt', 'conflict')];
  const state = after(fresh(), { type: 'decide', path: 'README.md', decision: 'keep' });
  const view = filesView({ files, standIns: ['Name'] }, state);
  assert.equal(view.summary, '3 files, 6 B: 1 new, 1 the same already, 1 different from yours, 1 to decide');
  assert.equal(view.note, 'Shown with an example in place of Name.');
  assert.equal(view.shown, 'a/b.txt', 'what has to be decided is shown first');
  assert.deepEqual(
    view.rows.map((row) => [row.path, row.kind, row.managed, row.decision]),
    [
      ['Makefile', 'same', true, undefined],
      ['README.md', 'create', false, undefined],
      ['a/b.txt', 'conflict', false, undefined],
    ],
    'a decision about a file that does not differ is none',
  );
  assert.equal(filesView({ files: [change('a')], standIns: [] }, fresh()).summary, '1 file, 2 B');
  assert.equal(noFiles('Broken.').problem, 'Broken.');
});

test('the file on show is the chosen one, else the README, else the first', () => {
  const files = [change('a'), change('README.md'), change('z')];
  assert.equal(shownFile(files, fresh())?.path, 'README.md');
  assert.equal(shownFile(files, after(fresh(), { type: 'show', path: 'z' }))?.path, 'z');
  assert.equal(shownFile(files, after(fresh(), { type: 'show', path: 'gone' }))?.path, 'README.md');
  assert.equal(shownFile([change('a')], fresh())?.path, 'a');
  assert.equal(shownFile([], fresh()), undefined);
});

test('a file is shown line by line, against what stands there', () => {
  const plain = contentView(change('a', 'create', 'one\r\ntwo\n'), 'keep');
  assert.deepEqual(plain.lines, [
    { mark: ' ', text: 'one' },
    { mark: ' ', text: 'two' },
  ]);
  assert.deepEqual([plain.differs, plain.decision, plain.notice], [false, undefined, undefined]);
  const against = contentView(
    { ...change('a', 'conflict', 'one\ntwo\n'), standing: bytes('one\n2\n') },
    'keep',
  );
  assert.deepEqual(
    against.lines.map((line) => line.mark + line.text),
    [' one', '-2', '+two'],
  );
  assert.deepEqual([against.differs, against.asks, against.decision], [true, true, 'keep']);
});

test('what can not be shown says so', () => {
  const binary = { ...change('a'), bytes: new Uint8Array([1, 0, 2]) };
  assert.equal(contentView(binary, undefined).notice, 'A binary file of 3 B.');
  const broken = { ...change('a'), bytes: new Uint8Array([0xff, 0xfe]) };
  assert.equal(contentView(broken, undefined).notice, 'A binary file of 2 B.');
  assert.equal(contentView(change('a', 'create', ''), undefined).notice, 'An empty file.');
  const long = contentView(change('a', 'create', 'x\n'.repeat(5000)), undefined);
  assert.equal(long.lines.length, 2000);
  assert.equal(long.notice, 'The first 2000 of 5000 lines.');
  assert.deepEqual([sizeText(999), sizeText(1500), sizeText(2_500_000)], ['999 B', '1.5 kB', '2.5 MB']);
});

test('lines that are gone and lines that came make one text of the other, whatever the texts', () => {
  const random = createRandom(7);
  for (let round = 0; round < 300; round++) {
    const text = (): readonly string[] =>
      Array.from({ length: random.int(12) }, () => random.pick(['a', 'b', 'c', 'd']));
    const [before, fresh] = [text(), text()];
    const lines = markedLines(before, fresh);
    const side = (gone: '+' | '-'): readonly string[] =>
      lines.filter((line) => line.mark !== gone).map((line) => line.text);
    assert.deepEqual(side('+'), before);
    assert.deepEqual(side('-'), fresh);
  }
});

test('texts that are too long to compare are shown one after the other', () => {
  const many = (letter: string): readonly string[] =>
    Array.from({ length: 2100 }, (_, at) => `${letter}${at}`);
  const lines = markedLines(['same', ...many('a')], ['same', ...many('b')]);
  assert.deepEqual([lines[0]?.mark, lines[1]?.mark, lines.at(-1)?.mark], [' ', '-', '+']);
});

const rows = filesView(
  {
    files: ['b/x/1', 'b/2', 'A.txt', 'c.txt'].map((path) =>
      change(path, path === 'b/x/1' ? 'conflict' : 'create'),
    ),
    standIns: [],
  },
  fresh(),
).rows;

test('the tree has folders first, says where each row stands, and hides what is in a closed folder', () => {
  const tree = treeRows(rows, new Set());
  assert.deepEqual(
    tree.map((row) => [row.path, row.level, row.position, row.siblings, row.expanded]),
    [
      ['b/', 1, 1, 3, true],
      ['b/x/', 2, 1, 2, true],
      ['b/x/1', 3, 1, 1, undefined],
      ['b/2', 2, 2, 2, undefined],
      ['A.txt', 1, 2, 3, undefined],
      ['c.txt', 1, 3, 3, undefined],
    ],
  );
  assert.deepEqual(
    tree.map((row) => row.conflicts),
    [1, 1, 1, 0, 0, 0],
    'a folder tells of what has to be decided in it',
  );
  assert.deepEqual(
    treeRows(rows, new Set(['b/'])).map((row) => [row.name, row.expanded]),
    [
      ['b', false],
      ['A.txt', undefined],
      ['c.txt', undefined],
    ],
  );
  assert.deepEqual(foldersOf(rows), ['b/', 'b/x/']);
});

test('the keys of a tree', () => {
  const tree = treeRows(rows, new Set(['b/x/']));
  const [b, x, two, a, c] = tree;
  assert.ok(b && x && two && a && c);
  assert.deepEqual(moveIn(tree, b, 'ArrowDown'), { to: x });
  assert.deepEqual(moveIn(tree, b, 'ArrowUp'), undefined);
  assert.deepEqual(moveIn(tree, b, 'ArrowRight'), { to: x });
  assert.deepEqual(moveIn(tree, b, 'ArrowLeft'), { open: false });
  assert.deepEqual(moveIn(tree, x, 'ArrowRight'), { open: true });
  assert.deepEqual(moveIn(tree, x, 'ArrowLeft'), { to: b });
  assert.deepEqual(moveIn(tree, x, 'Enter'), { open: true });
  assert.deepEqual(moveIn(tree, two, 'ArrowRight'), undefined);
  assert.deepEqual(moveIn(tree, two, ' '), { to: two });
  assert.deepEqual(moveIn(tree, a, 'ArrowLeft'), undefined);
  assert.deepEqual(moveIn(tree, a, 'Home'), { to: b });
  assert.deepEqual(moveIn(tree, a, 'End'), { to: c });
  assert.deepEqual(jumpIn(tree, a, 'x'), { to: x }, 'the next that begins with it, around the end');
  assert.deepEqual(jumpIn(tree, a, 'a'), { to: a });
  assert.deepEqual(jumpIn(tree, a, 'a.t'), { to: a }, 'more letters stay where they fit');
  assert.deepEqual(jumpIn(tree, a, 'nothing'), undefined);
  assert.deepEqual(moveIn(tree, a, 'Escape'), undefined);
  assert.deepEqual(moveIn(tree, c, 'ArrowDown'), undefined);
});
