import { link } from '../../helpers/memory-service';
import type { Scenario } from '../../helpers/update-scenario';

const tool = 'import sys\n\n\ndef main():\n    print("one")\n    print("two")\n\n\nif __name__ == "__main__":\n    main()\n';
const toolTheirs = tool.replace('import sys', 'import os\nimport sys');
const rename = 'renames:\n  - { since: 1.1.0, from: scripts/a.py, to: scripts/b.py }';

/** Files that the template calls otherwise, and files that people moved. */
export const moves: readonly Scenario[] = [
  {
    name: 'renamed by the template, untouched',
    base: { 'scripts/a.py': tool },
    theirs: { 'scripts/b.py': tool },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed and changed by the template, untouched',
    base: { 'scripts/a.py': tool },
    theirs: { 'scripts/b.py': toolTheirs },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed by the template, edited by you',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': tool.replace('"two"', '"mine"') },
    theirs: { 'scripts/b.py': tool },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed and changed by the template, edited by you',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': tool.replace('"two"', '"mine"') },
    theirs: { 'scripts/b.py': toolTheirs },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed by the template, conflict',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': tool.replace('"two"', '"mine"') },
    theirs: { 'scripts/b.py': tool.replace('"two"', '"theirs"') },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed by the template, deleted by you',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null },
    theirs: { 'scripts/b.py': tool },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed by the template, and you did so already',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null, 'scripts/b.py': tool.replace('"two"', '"mine"') },
    theirs: { 'scripts/b.py': toolTheirs },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed by the template, and you have both',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/b.py': 'mine = True\n' },
    theirs: { 'scripts/b.py': tool },
    theirParts: { yaml: rename },
  },
  {
    name: 'renamed twice on the way',
    base: { 'a.py': tool },
    theirs: { 'c.py': toolTheirs },
    theirParts: {
      version: '1.2.0',
      yaml: 'renames:\n  - { since: 1.1.0, from: a.py, to: b.py }\n  - { since: 1.2.0, from: b.py, to: c.py }',
    },
  },
  {
    name: 'a rename before the recorded version is none',
    base: { 'a.py': tool },
    theirs: { 'b.py': tool },
    theirParts: { yaml: 'renames:\n  - { since: 1.0.0, from: a.py, to: b.py }' },
  },
  {
    name: 'only its case changes: it keeps its name, which is one file on many systems',
    base: { 'readme.txt': tool },
    theirs: { 'README.txt': toolTheirs },
    theirParts: { yaml: 'renames:\n  - { since: 1.1.0, from: readme.txt, to: README.txt }' },
  },
  {
    name: 'moved by you, untouched',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null, 'tools/renamed.py': tool },
    theirs: { 'scripts/a.py': toolTheirs },
  },
  {
    name: 'moved and edited by you',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null, 'tools/a.py': tool.replace('"two"', '"mine"') },
    theirs: { 'scripts/a.py': toolTheirs },
  },
  {
    name: 'moved by you and renamed by the template: yours stays where you put it',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null, 'tools/a.py': tool },
    theirs: { 'scripts/b.py': toolTheirs },
    theirParts: { yaml: rename },
  },
  {
    name: 'moved by you, dropped by the template: stays',
    base: { 'scripts/a.py': tool, 'b.txt': 'b\n' },
    ours: { 'scripts/a.py': null, 'tools/a.py': tool },
    theirs: { 'b.txt': 'b\n' },
  },
  {
    name: 'deleted by you, and another small file is alike by chance',
    base: { 'kit/__init__.py': '', 'scripts/a.py': tool },
    ours: { 'kit/__init__.py': null, 'mine/__init__.py': '' },
    theirs: { 'kit/__init__.py': 'x = 1\n', 'scripts/a.py': tool },
  },
  {
    name: 'deleted by you, and a file of the same name has nothing of it',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null, 'mine/a.py': 'nothing = "of it"\nat = "all"\nreally = "not"\nnever = 1\n' },
    theirs: { 'scripts/a.py': toolTheirs },
  },
  {
    name: 'two files moved, one to where the other was copied',
    base: { 'a/x.py': tool, 'b/x.py': tool.replace('"one"', '"other"') },
    ours: { 'a/x.py': null, 'b/x.py': null, 'c/x.py': tool, 'd/x.py': tool.replace('"one"', '"other"') },
    theirs: { 'a/x.py': toolTheirs, 'b/x.py': tool.replace('"one"', '"other one"') },
  },
  {
    name: 'what lies in a service of its own is no move',
    base: { 'scripts/a.py': tool },
    ours: { 'scripts/a.py': null, 'inner/servicewright.yaml': 'name: inner\n', 'inner/scripts/a.py': tool },
    theirs: { 'scripts/a.py': toolTheirs },
  },
];

/** Things that stand in the way. */
export const obstacles: readonly Scenario[] = [
  {
    name: 'you put a folder where the template has a file',
    base: { 'config.yml': 'a: 1\n' },
    ours: { 'config.yml': null, 'config.yml/part.yml': 'mine: 1\n' },
    theirs: { 'config.yml': 'a: 2\n' },
  },
  {
    name: 'you put a link where the template has a file',
    base: { 'config.yml': 'a: 1\n' },
    ours: { 'config.yml': link },
    theirs: { 'config.yml': 'a: 2\n' },
  },
  {
    name: 'your folder is a link',
    base: { 'ci/config.yml': 'a: 1\n' },
    ours: { 'ci/config.yml': null, ci: link },
    theirs: { 'ci/config.yml': 'a: 2\n', 'ci/new.yml': 'n: 1\n' },
  },
  {
    name: 'a file of yours stands where the template needs a folder',
    base: { 'b.txt': 'b\n' },
    ours: { ci: 'mine\n' },
    theirs: { 'b.txt': 'b\n', 'ci/new.yml': 'n: 1\n' },
  },
  {
    name: 'a file of the template becomes a folder',
    base: { settings: 'a = 1\n' },
    theirs: { 'settings/base.py': 'a = 1\n', 'settings/test.py': 'b = 1\n' },
  },
  {
    name: 'a file of the template becomes a folder, but you edited the file',
    base: { settings: 'a = 1\n' },
    ours: { settings: 'a = 1\nmine = 2\n' },
    theirs: { 'settings/base.py': 'a = 1\n' },
  },
];
