import { sha256 } from '../../src/base/hash';
import type { MemoryService, WrittenFile } from './memory-service';
import { isLink } from './memory-service';
import type { Random } from './random';
import type { Release } from './update-world';

/** Random versions of a small template, and what people do to a service of it. */

const start: Release['files'] = {
  Makefile: 'all: test\n\ntest:\n\tpytest\n\nlint:\n\truff check\n\nrun:\n\tpython manage.py\n',
  'ci/config.yml': 'version: 2\njobs:\n  build:\n    steps:\n      - checkout\n      - run: make test\n',
  'scripts/tool.py': 'import sys\n\n\ndef main():\n    print("one")\n    return 0\n\n\nsys.exit(main())\n',
  'kit/__init__.py': '',
  'kit/auth.py':
    'TOKEN = "kit"\n\n\ndef check(token):\n    return token == TOKEN\n\n\ndef other():\n    pass\n',
  'logo.png': Uint8Array.of(0x89, 0x50, 0, 1),
  'run.sh': '#!/bin/sh\nexec python manage.py\n',
  'win.bat': '@echo off\r\necho one\r\necho two\r\n',
  'app/models.py': 'class Model: ...\n',
};

/** Versions 1.0.0, 1.1.0, …, each with some changes of the one before. */
export function randomReleases(random: Random, howMany: number): readonly Release[] {
  const renames: string[] = [];
  let files: Release['files'] = start;
  return Array.from({ length: howMany }, (_, number): Release => {
    const version = `1.${number}.0`;
    for (let change = 0; number > 0 && change < 1 + random.int(4); change++)
      files = changedRelease(files, { random, version, renames });
    const yaml = renames.length === 0 ? '' : `renames:\n${renames.map((one) => `  - ${one}`).join('\n')}`;
    return { version, files, yaml };
  });
}

interface Changing {
  readonly random: Random;
  readonly version: string;
  readonly renames: string[];
}

function changedRelease(files: Release['files'], { random, version, renames }: Changing): Release['files'] {
  const path = random.pick(Object.keys(files));
  const { [path]: file = '', ...others } = files;
  const tag = `template ${version} ${random.int(1000)}`;
  switch (random.int(8)) {
    case 0:
      return Object.keys(others).length > 3 ? others : files;
    case 1:
      return {
        ...files,
        [`new/${tag.replaceAll(' ', '-')}.txt`]: `${tag}\nof its own\nwith lines enough to be known\n`,
      };
    case 2: {
      const to = `moved/${version}-${path.replaceAll('/', '-')}`;
      renames.push(`{ since: ${version}, from: ${path}, to: ${to} }`);
      return { ...others, [to]: file };
    }
    default:
      return { ...files, [path]: changedFile(file, tag, random) };
  }
}

function changedFile(file: WrittenFile, tag: string, random: Random): WrittenFile {
  if (file instanceof Uint8Array) return Uint8Array.of(...file, random.int(250));
  const [text, executable] =
    typeof file === 'string' ? [file, file.startsWith('#!')] : [file.text, file.executable];
  if (random.int(6) === 0) return { text, executable: !executable };
  return { text: changedText(text, tag, random), executable };
}

/** Puts a new line in, or in the place of one or some; line ends stay. */
function changedText(text: string, tag: string, random: Random): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(end);
  const at = random.int(lines.length);
  return lines.toSpliced(at, random.int(3), ...(random.int(5) === 0 ? [] : [tag])).join(end);
}

interface Touched {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
  readonly tag: string;
  readonly random: Random;
}

type Act = (service: MemoryService, touched: Touched) => void;

const write: Act = (service, { path, text, tag, executable, random }) =>
  service.put(path, { text: changedText(text, `user ${tag}`, random), executable });

/** What people do to any file. */
const rude: readonly Act[] = [
  (service, { path }) => service.put(path, null),
  (service, { path, tag }) => service.put(path, Buffer.from(`\0user ${tag}`)),
  (service, { tag }) => service.put(`mine/${tag.replaceAll(' ', '-')}.txt`, `user ${tag}\n`),
];

/** What people do to texts. */
const usual: readonly Act[] = [
  (service, { path, text, executable, random }) => {
    service.put(path, null);
    service.put(`elsewhere/${random.int(3)}/${path.split('/').at(-1)}`, { text, executable });
  },
  (service, { path, text, executable }) => {
    const windows = text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
    service.put(path, { text: windows, executable });
  },
  (service, { path, text, tag, executable }) =>
    service.put(path, { text: `${text}user ${tag}\n`, executable }),
  (service, { path, text, random }) => service.put(path, { text, executable: random.int(2) === 0 }),
  write,
  write,
  write,
];

/** One thing that somebody does to the service. What they write has the word `user` in it. */
export function meddle(service: MemoryService, random: Random, tag: string): void {
  const paths = [...service.all().keys()].filter((path) => path !== 'servicewright.yaml');
  const path = random.pick(paths.length > 0 ? paths : ['mine.txt']);
  const file = service.all().get(path);
  const isText = file !== undefined && !isLink(file) && !file.bytes.includes(0);
  const text = isText ? Buffer.from(file.bytes).toString('utf8') : '';
  const act = isText && random.int(6) > 0 ? random.pick(usual) : random.pick(rude);
  act(service, { path, text, executable: isText && file.executable, tag, random });
}

/** Takes the markers of conflicts away and leaves all sides, as somebody in a hurry would. */
export function settle(service: MemoryService): void {
  for (const [path, file] of service.all()) {
    if (isLink(file) || file.bytes.includes(0)) continue;
    const text = Buffer.from(file.bytes).toString('utf8');
    if (!text.includes('<<<<<<< yours')) continue;
    const lines = text
      .split('\n')
      .filter((line) => !/^(<{7} yours|\|{7} template|={7}\r?$|>{7} template)/.test(line));
    service.put(path, { text: lines.join('\n'), executable: file.executable });
  }
}

/** Every line and every binary file that people wrote, wherever it stands. */
export async function writtenBy(service: MemoryService): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  for (const file of service.all().values()) {
    if (isLink(file)) continue;
    const isOurs = Buffer.from(file.bytes).includes('user ');
    if (isOurs && file.bytes.includes(0)) written.add(await sha256(file.bytes));
    else
      for (const line of Buffer.from(file.bytes).toString('utf8').split(/\r?\n/))
        if (line.includes('user ')) written.add(line);
  }
  return written;
}
