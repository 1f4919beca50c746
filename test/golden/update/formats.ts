import type { Scenario } from '../../helpers/update-scenario';

const text = 'one\ntwo\nthree\nfour\nfive\n';
const theirs = text.replace('five', 'FIVE');
const windows = (of: string): string => of.replaceAll('\n', '\r\n');
const binary = (last: number): Uint8Array => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, last);

/** Line ends, byte order marks, exec bits, binary files. */
export const formats: readonly Scenario[] = [
  {
    name: 'checked out with CRLF, otherwise untouched',
    base: { 'a.txt': text },
    ours: { 'a.txt': windows(text) },
    theirs: { 'a.txt': theirs },
  },
  {
    name: 'checked out with CRLF, and nothing changed',
    base: { 'a.txt': text },
    ours: { 'a.txt': windows(text) },
    theirs: { 'a.txt': text },
  },
  {
    name: 'CRLF and edited',
    base: { 'a.txt': text },
    ours: { 'a.txt': windows(text.replace('one', 'ONE')) },
    theirs: { 'a.txt': theirs },
  },
  {
    name: 'CRLF and a conflict',
    base: { 'a.txt': text },
    ours: { 'a.txt': windows(text.replace('five', '5')) },
    theirs: { 'a.txt': theirs },
  },
  {
    name: 'the template turns to CRLF, untouched',
    base: { 'a.bat': text },
    theirs: { 'a.bat': windows(text) },
  },
  {
    name: 'the template has CRLF, and so has yours, edited',
    base: { 'a.bat': windows(text) },
    ours: { 'a.bat': windows(text.replace('one', 'ONE')) },
    theirs: { 'a.bat': windows(theirs) },
  },
  {
    name: 'CRLF, deleted by the template',
    base: { 'a.txt': text, 'b.txt': 'b\n' },
    ours: { 'a.txt': windows(text) },
    theirs: { 'b.txt': 'b\n' },
  },
  {
    name: 'the last line has no end in yours',
    base: { 'a.txt': text },
    ours: { 'a.txt': 'ONE\ntwo\nthree\nfour\nfive' },
    theirs: { 'a.txt': 'one\ntwo\nTHREE\nfour\nfive\n' },
  },
  {
    name: 'a byte order mark in yours',
    base: { 'a.txt': text },
    ours: { 'a.txt': `\uFEFF${text.replace('one', 'ONE')}` },
    theirs: { 'a.txt': theirs },
  },
  {
    name: 'the template makes a file executable',
    base: { 'run.sh': { text: '#!/bin/sh\n', executable: false } },
    theirs: { 'run.sh': { text: '#!/bin/sh\n', executable: true } },
  },
  {
    name: 'the template makes a file executable that you edited',
    base: { 'run.sh': { text: '#!/bin/sh\necho 1\n', executable: false } },
    ours: { 'run.sh': { text: '#!/bin/sh\necho mine\n', executable: false } },
    theirs: { 'run.sh': { text: '#!/bin/sh\necho 1\n', executable: true } },
  },
  {
    name: 'you made a file executable, the template changed it',
    base: { 'run.sh': { text: 'echo 1\n', executable: false } },
    ours: { 'run.sh': { text: 'echo 1\n', executable: true } },
    theirs: { 'run.sh': { text: 'echo 2\n', executable: false } },
  },
  {
    name: 'you took the exec bit away, the template changed nothing',
    base: { 'run.sh': { text: 'echo 1\n', executable: true } },
    ours: { 'run.sh': { text: 'echo 1\n', executable: false } },
    theirs: { 'run.sh': { text: 'echo 1\n', executable: true } },
  },
  {
    name: 'a merge keeps the exec bit',
    base: { 'run.sh': '#!/bin/sh\necho 1\n\necho 2\n' },
    ours: { 'run.sh': '#!/bin/sh\necho mine\n\necho 2\n' },
    theirs: { 'run.sh': '#!/bin/sh\necho 1\n\necho 2\necho 3\n' },
  },
  { name: 'binary, untouched', base: { 'logo.png': binary(1) }, theirs: { 'logo.png': binary(2) } },
  {
    name: 'binary, changed by both: yours is kept',
    base: { 'logo.png': binary(1) },
    ours: { 'logo.png': binary(3) },
    theirs: { 'logo.png': binary(2) },
  },
  {
    name: 'binary, changed by you alone',
    base: { 'logo.png': binary(1) },
    ours: { 'logo.png': binary(3) },
    theirs: { 'logo.png': binary(1) },
  },
  {
    name: 'text that you made binary',
    base: { data: 'a\n' },
    ours: { data: Uint8Array.of(97, 0, 98) },
    theirs: { data: 'b\n' },
  },
  {
    name: 'text in an old encoding counts as binary',
    base: { 'a.txt': 'a\nb\n' },
    ours: { 'a.txt': Uint8Array.of(0xe4, 10, 98, 10) },
    theirs: { 'a.txt': 'a\nB\n' },
  },
];
