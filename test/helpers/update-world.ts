import { sha256 } from '../../src/base/hash';
import { assembleTemplate } from '../../src/scaffold';
import type { Answers, Template } from '../../src/scaffold';
import { recordFile, writeRecord } from '../../src/scaffold/record';
import { compareVersions } from '../../src/scaffold/version';
import type { Shelf } from '../../src/scaffold/update';
import { renderVersion } from '../../src/scaffold/update/rendered';
import type { MemoryService, Written, WrittenFile } from './memory-service';
import { createMemoryService, fileOf } from './memory-service';

/** A version of a small template, as a test writes it down. Files below `app/` are samples, all others are managed. */
export interface Release {
  readonly version: string;
  readonly files: Readonly<Record<string, WrittenFile>>;
  /** Further lines of its template.yaml. */
  readonly yaml?: string;
  /** Instead of the one question for a name. */
  readonly inputs?: string;
  /** Instead of the rule that files below `app/` are samples. */
  readonly rules?: string;
}

const nameInput = `  - { key: name, title: Name, prompt: A name., default: orders }`;
const usualRules = `  - { match: 'app/**', class: sample }
  - { match: '**', class: managed }`;

const templates = new WeakMap<Release, Template>();

export function templateOf(release: Release): Template {
  const made = templates.get(release) ?? makeTemplate(release);
  templates.set(release, made);
  return made;
}

function makeTemplate({
  version,
  files,
  yaml = '',
  inputs = nameInput,
  rules = usualRules,
}: Release): Template {
  const text = `id: tiny
version: ${version}
title: Tiny
description: A tiny template.
inputs:
${inputs}
files:
${rules}
${yaml}
`;
  const listing = Object.entries(files).map(([path, written]) => [`files/${path}`, fileOf(written)] as const);
  return assembleTemplate(new Map([['template.yaml', fileOf(text)], ...listing]), {
    dir: '/templates/tiny',
    source: 'bundled',
  });
}

/** The versions that can be had; the last one is the newest. */
export function shelfOf(...releases: readonly Release[]): Shelf {
  const templates = releases.map(templateOf).toSorted((a, b) => compareVersions(a.version, b.version));
  return {
    newest: async () => {
      const last = templates.at(-1);
      if (!last) throw new Error('no template');
      return last;
    },
    version: async (_record, version) => templates.find((one) => one.version === version),
    versions: async () => templates.map((one) => one.version),
    notes: [],
  };
}

/** A service as this version makes it, with the record in its servicewright.yaml. */
export async function serviceOf(
  release: Release,
  { answers = {}, old = false }: { readonly answers?: Answers; readonly old?: boolean } = {},
): Promise<MemoryService> {
  const template = templateOf(release);
  const rendered = renderVersion(template, answers);
  const service = createMemoryService();
  const managed: (readonly [string, string])[] = [];
  for (const file of rendered.files.values()) {
    service.put(file.path, asWritten(file));
    if (file.class === 'managed') managed.push([file.path, await sha256(file.bytes)]);
  }
  const { id, version, source } = template;
  const record = { id, version, source, answers: rendered.answers, files: Object.fromEntries(managed) };
  const whole = writeRecord('name: orders # the service\n\n# ours\nowner: team-shop\n', record);
  service.put(recordFile, old ? withoutFiles(whole) : whole);
  return service;
}

function asWritten({
  bytes,
  executable,
}: {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}): Written {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? { text, executable } : bytes;
}

/** The record as older tools wrote it: no source, no hashes. */
const withoutFiles = (text: string): string =>
  text.replace(/^ {2}source:.*\n/m, '').replace(/^ {2}files:\n( {4}.*\n)*/m, '');

export type Edits = Readonly<Record<string, Written | null>>;

export function edit(service: MemoryService, edits: Edits): void {
  for (const [path, written] of Object.entries(edits)) service.put(path, written);
}
