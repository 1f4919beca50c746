import type { Scenario } from '../../helpers/update-scenario';

const make = 'all: test\n\ntest:\n\tpytest\n\nlint:\n\truff check\n';
const makeTheirs = make.replace('ruff check', 'ruff check --fix');

/** What people do to files, and what a new version does to the same. */
export const edits: readonly Scenario[] = [
  { name: 'untouched, changed by the template', base: { Makefile: make }, theirs: { Makefile: makeTheirs } },
  { name: 'nothing changed', base: { Makefile: make }, theirs: { Makefile: make } },
  {
    name: 'edited, not changed by the template',
    base: { Makefile: make },
    ours: { Makefile: `${make}mine:\n\techo mine\n` },
    theirs: { Makefile: make },
  },
  {
    name: 'edited and changed in different places',
    base: { Makefile: make },
    ours: { Makefile: make.replace('all: test', 'all: test mine') },
    theirs: { Makefile: makeTheirs },
  },
  {
    name: 'edited and changed in the same place',
    base: { Makefile: make },
    ours: { Makefile: make.replace('ruff check', 'flake8') },
    theirs: { Makefile: makeTheirs },
  },
  {
    name: 'edited and changed alike',
    base: { Makefile: make },
    ours: { Makefile: makeTheirs },
    theirs: { Makefile: makeTheirs },
  },
  {
    name: 'one place alike, one different, one only ours',
    base: { 'a.txt': '1\n2\n3\n4\n5\n6\n7\n8\n9\n' },
    ours: { 'a.txt': '1\nboth\n3\n4\nours\n6\n7\n8\nmine\n' },
    theirs: { 'a.txt': '1\nboth\n3\n4\ntheirs\n6\n7\n8\n9\n' },
  },
  {
    name: 'two conflicts in one file',
    base: { 'a.txt': '1\n2\n3\n4\n5\n' },
    ours: { 'a.txt': 'A\n2\n3\n4\nB\n' },
    theirs: { 'a.txt': 'X\n2\n3\n4\nY\n' },
  },
  {
    name: 'lines appended by both',
    base: { '.gitattributes': '* text=auto\n' },
    ours: { '.gitattributes': '* text=auto\n*.png binary\n' },
    theirs: { '.gitattributes': '* text=auto\n*.sh eol=lf\n' },
  },
  {
    name: 'emptied by you, changed by the template',
    base: { 'a.txt': 'a\nb\n' },
    ours: { 'a.txt': '' },
    theirs: { 'a.txt': 'a\nb\nc\n' },
  },
  {
    name: 'emptied by the template, edited by you',
    base: { 'a.txt': 'a\nb\n' },
    ours: { 'a.txt': 'a\nb\nmine\n' },
    theirs: { 'a.txt': '' },
  },
  {
    name: 'deleted by you, not changed by the template',
    base: { Makefile: make, 'b.txt': 'b\n' },
    ours: { Makefile: null },
    theirs: { Makefile: make, 'b.txt': 'b\n' },
  },
  {
    name: 'deleted by you, changed by the template: stays deleted',
    base: { Makefile: make, 'b.txt': 'b\n' },
    ours: { Makefile: null },
    theirs: { Makefile: makeTheirs, 'b.txt': 'b\n' },
  },
  {
    name: 'deleted by both',
    base: { Makefile: make, 'b.txt': 'b\n' },
    ours: { Makefile: null },
    theirs: { 'b.txt': 'b\n' },
  },
  {
    name: 'deleted by the template, untouched',
    base: { 'ci/old.yml': 'old: 1\n', 'b.txt': 'b\n' },
    theirs: { 'b.txt': 'b\n' },
  },
  {
    name: 'deleted by the template, edited by you',
    base: { 'ci/old.yml': 'old: 1\n', 'b.txt': 'b\n' },
    ours: { 'ci/old.yml': 'old: 2\n' },
    theirs: { 'b.txt': 'b\n' },
  },
  { name: 'new in the template', base: { 'b.txt': 'b\n' }, theirs: { 'b.txt': 'b\n', 'ci/new.yml': 'new: 1\n' } },
  {
    name: 'new in the template, and you made the same',
    base: { 'b.txt': 'b\n' },
    ours: { 'ci/new.yml': 'new: 1\n' },
    theirs: { 'b.txt': 'b\n', 'ci/new.yml': 'new: 1\n' },
  },
  {
    name: 'new in the template, and you made another',
    base: { 'b.txt': 'b\n' },
    ours: { 'ci/new.yml': 'jobs:\n  mine: 1\nend: true\n' },
    theirs: { 'b.txt': 'b\n', 'ci/new.yml': 'jobs:\n  new: 1\nend: true\n' },
  },
  {
    name: 'a conflict that nobody settled stops the next update',
    base: { 'a.txt': 'a\nb\n' },
    ours: { 'a.txt': 'a\n<<<<<<< yours\nx\n=======\ny\n>>>>>>> template 1.0.0\n' },
    theirs: { 'a.txt': 'a\nc\n' },
  },
  {
    name: 'markers in a file that the template leaves alone stop nothing',
    base: { 'a.txt': 'a\nb\n', 'b.txt': 'b\n' },
    ours: { 'a.txt': 'a\n<<<<<<< yours\nx\n=======\ny\n>>>>>>> template 1.0.0\n' },
    theirs: { 'a.txt': 'a\nb\n', 'b.txt': 'B\n' },
  },
];

/** Samples are written once and belong to the service; files may come to be managed, or stop to be. */
export const samples: readonly Scenario[] = [
  {
    name: 'a sample is never updated',
    base: { 'app/models.py': 'class A: ...\n', 'b.txt': 'b\n' },
    theirs: { 'app/models.py': 'class B: ...\n', 'b.txt': 'b\n' },
  },
  {
    name: 'a sample that you deleted stays deleted',
    base: { 'app/models.py': 'class A: ...\n', 'b.txt': 'b\n' },
    ours: { 'app/models.py': null },
    theirs: { 'app/models.py': 'class B: ...\n', 'b.txt': 'B\n' },
  },
  {
    name: 'a new sample is written once',
    base: { 'b.txt': 'b\n' },
    theirs: { 'b.txt': 'b\n', 'app/tasks.py': 'def task(): ...\n' },
  },
  {
    name: 'a new sample where you have a file is nothing',
    base: { 'b.txt': 'b\n' },
    ours: { 'app/tasks.py': 'mine = 1\n' },
    theirs: { 'b.txt': 'b\n', 'app/tasks.py': 'def task(): ...\n' },
  },
  {
    name: 'a sample that the template dropped stays',
    base: { 'app/tasks.py': 'def task(): ...\n', 'b.txt': 'b\n' },
    theirs: { 'b.txt': 'b\n' },
  },
  {
    name: 'a managed file becomes the service’s own',
    base: { 'settings.py': 'A = 1\n', 'b.txt': 'b\n' },
    theirs: { 'settings.py': 'A = 2\n', 'b.txt': 'b\n' },
    theirParts: { rules: "  - { match: settings.py, class: sample }\n  - { match: '**', class: managed }" },
  },
  {
    name: 'a sample becomes managed, untouched',
    base: { 'app/urls.py': 'urls = []\n' },
    theirs: { 'app/urls.py': 'urls = [1]\n' },
    theirParts: { rules: "  - { match: '**', class: managed }" },
  },
  {
    name: 'a sample becomes managed, edited',
    base: { 'app/urls.py': 'urls = []\n\n# end\n' },
    ours: { 'app/urls.py': 'urls = []\n\n# end\n# mine\n' },
    theirs: { 'app/urls.py': 'urls = [1]\n\n# end\n' },
    theirParts: { rules: "  - { match: '**', class: managed }" },
  },
  {
    name: 'files of your own are nobody’s business',
    base: { 'b.txt': 'b\n' },
    ours: { 'mine/deep/file.py': 'x = 1\n', 'notes.md': '# notes\n', '.env': 'SECRET=1\n' },
    theirs: { 'b.txt': 'B\n' },
  },
];
