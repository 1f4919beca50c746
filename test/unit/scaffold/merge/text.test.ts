import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasConflictMarkers, isSameText, mergeTexts, writtenLike } from '../../../../src/scaffold/merge/text';

const labels = { ours: 'yours', base: 'template 1.0.0', theirs: 'template 1.1.0' };
const merge = (base: string, ours: string, theirs: string): string =>
  mergeTexts({ base, ours, theirs }, labels).text;
const windows = (text: string): string => text.replaceAll('\n', '\r\n');

test('a file that was checked out with CRLF keeps it, also between markers', () => {
  assert.equal(merge('a\nb\nc\n', 'A\r\nb\r\nc\r\n', 'a\nb\nC\n'), 'A\r\nb\r\nC\r\n');
  const conflict = merge('a\n', 'A\n', 'x\n');
  assert.equal(merge('a\n', 'A\r\n', 'x\n'), windows(conflict));
});

test('a template that turns to CRLF, or away from it, takes an edited file with it', () => {
  assert.equal(merge('a\nb\nc\n', 'A\nb\nc\n', 'a\r\nb\r\nc\r\n'), 'A\r\nb\r\nc\r\n');
  assert.equal(merge('a\r\nb\r\n', 'A\r\nb\r\n', 'a\nb\n'), 'A\nb\n');
});

test('a text with both line ends gets the one that most lines have', () => {
  assert.equal(merge('a\nb\nc\n', 'a\r\nb\r\nc\n', 'a\nb\nC\n'), 'a\r\nb\r\nC\r\n');
  assert.equal(merge('a\nb\nc\n', 'a\r\nb\nc\n', 'a\nb\nC\n'), 'a\nb\nC\n');
});

test('the end of the last line is the side’s that changed it', () => {
  assert.equal(merge('a\nb\nc', 'A\nb\nc', 'a\nb\nC'), 'A\nb\nC');
  assert.equal(merge('a\nb\nc\n', 'A\nb\nc', 'a\nb\nC\n'), 'A\nb\nC');
  assert.equal(merge('a\nb\nc', 'A\nb\nc', 'a\nb\nC\n'), 'A\nb\nC\n');
  assert.equal(merge('a\nb\nc\n', 'a\nb\nc', 'a\nb\nc\n'), 'a\nb\nc');
});

test('a byte order mark is the side’s that changed it, and stands once', () => {
  assert.equal(merge('a\nb\nc\n', '\uFEFFA\nb\nc\n', 'a\nb\nC\n'), '\uFEFFA\nb\nC\n');
  assert.equal(merge('\uFEFFa\nb\nc\n', '\uFEFFA\nb\nc\n', 'a\nb\nC\n'), 'A\nb\nC\n');
});

test('empty texts are texts', () => {
  assert.equal(merge('', '', 'a\n'), 'a\n');
  assert.equal(merge('a\n', 'a\n', ''), '');
  assert.equal(merge('a\n', '', 'a\n'), '');
  assert.equal(merge('', 'a\n', 'a\n'), 'a\n');
  assert.equal(merge('\n', '\n', 'a\n\n'), 'a\n\n');
  assert.equal(mergeTexts({ base: '', ours: 'a\n', theirs: 'b\n' }, labels).conflicts, 1);
});

test('a conflict shows both sides and what was there before', () => {
  assert.equal(
    merge('a\nold\nz\n', 'a\nmine\nz\n', 'a\nnew\nz\n'),
    'a\n<<<<<<< yours\nmine\n||||||| template 1.0.0\nold\n=======\nnew\n>>>>>>> template 1.1.0\nz\n',
  );
});

test('markers that nobody settled are seen, and a heading of equal signs is none', () => {
  assert.equal(hasConflictMarkers(merge('a\n', 'b\n', 'c\n')), true);
  assert.equal(hasConflictMarkers(windows(merge('a\n', 'b\n', 'c\n'))), true);
  assert.equal(hasConflictMarkers('Title\n=======\n>>>>>>> no\n<<<<<<< no\n'), false);
});

test('two texts are the same whatever their line ends, and one is written as the other', () => {
  assert.equal(isSameText('a\nb\n', '\uFEFFa\r\nb'), true);
  assert.equal(isSameText('a\nb\n', 'a\n\nb\n'), false);
  assert.equal(writtenLike('a\nb\n', 'x\r\ny\r\n'), 'a\r\nb\r\n');
  assert.equal(writtenLike('a\r\nb', 'x\n'), 'a\nb');
});
