/** Completion: what can be written where the cursor is. */
import { shapesOf } from '../shapes';
import { isKnownIn } from '../since';
import type { Spec } from '../spec';
import type { PathSegment, Span } from '../tree';
import { modelOf } from '../walk';
import type { Cursor } from './cursor';
import { cursorAt, cursorInJson } from './cursor';
import type { Word } from './completion-values';
import { freeKeys, wordsAt } from './completion-values';
import type { Files } from './subject';
import { nodeBelow } from './subject';

export interface Proposal {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference';
  /** What is put in the place of `span`. */
  readonly text: string;
  readonly span: Span;
  readonly detail: string | undefined;
}

/** In the order in which they are best shown. */
export function proposalsAt(files: Files, offset: number): readonly Proposal[] {
  const { spec } = files;
  const chunk = spec.source.lines.chunkBefore(offset);
  if (chunk === undefined) return [];
  const before = chunk.text.slice(0, offset - chunk.start);
  const isPiece = chunk.shape !== undefined;
  const cursor = isPiece ? cursorInJson(before, chunk.kind === 'preamble') : cursorAt(before);
  if (cursor === undefined) return [];
  const above = chunk.place.indents.findLastIndex((indent) => indent <= cursor.indent);
  const path = [...chunk.place.path.slice(0, Math.max(0, above)), ...cursor.path];
  const words = cursor.on === 'value' ? wordsAt(files, path) : [];
  const started = cursor.on === 'start' ? wordsAt(files, path) : [];
  const keys = cursor.on === 'value' ? [] : keysAt(files, path);
  const span = spanOf(spec, cursor, offset);
  return [
    ...keys.map((key) => proposal(key, { kind: 'key', cursor, span, spec })),
    ...[...words, ...started].map((word) =>
      proposal(word, { kind: word.isReference === true ? 'reference' : 'value', cursor, span, spec }),
    ),
  ];
}

/** The keys that a map can have and has not. */
function keysAt(files: Files, path: readonly PathSegment[]): readonly Word[] {
  const { spec } = files;
  const type = modelOf(spec.version, spec.expected?.content)(path);
  const there = nodeBelow(spec.ownRoot, path.map(String))?.actual;
  const has = (key: string): boolean => there?.kind === 'map' && there.has(key);
  const shape = type === undefined ? undefined : shapesOf(spec.version)[type];
  const fields = Object.keys(shape?.fields ?? {}).flatMap((key): readonly Word[] =>
    type !== undefined && isKnownIn(spec.version, type, key) ? [{ text: key, detail: undefined }] : [],
  );
  return [...fields, ...freeKeys(files, path, type)].filter(({ text }) => !has(text));
}

interface Writing {
  readonly kind: Proposal['kind'];
  readonly cursor: Cursor;
  readonly span: Span;
  readonly spec: Spec;
}

function proposal({ text, detail, isBare }: Word, { kind, cursor, span, spec }: Writing): Proposal {
  const { quote, style } = cursor;
  const written =
    quote !== ''
      ? text
      : style === 'json'
        ? isBare === true
          ? text
          : JSON.stringify(text)
        : plainOr(text, isBare);
  const hasColon = kind === 'key' && /^["']?[ \t]*:/.test(spec.source.slice(span.end, span.end + 8));
  const closing = kind === 'key' && quote !== '' && !hasQuote(spec, span.end) ? quote : '';
  const end = kind !== 'key' || hasColon || (quote !== '' && closing === '') ? '' : ': ';
  return { label: text, kind, text: written + closing + end, span, detail };
}

const hasQuote = (spec: Spec, at: number): boolean => /["']/.test(spec.source.slice(at, at + 1));

/** Words that YAML would read as something else get quotes. */
function plainOr(text: string, isBare: boolean | undefined): string {
  if (
    isBare === true ||
    (/^[A-Za-z$_/.{][\w$/.+{}-]*$/.test(text) &&
      !/^(?:null|yes|no|on|off|\{.*)$/i.test(text) &&
      !/^(?:true|false)$/.test(text))
  )
    return text;
  return `'${text.replaceAll("'", "''")}'`;
}

/** The word around the cursor: what is written of it, and what follows. */
function spanOf(spec: Spec, { word, quote }: Cursor, offset: number): Span {
  const { lines } = spec.source;
  const rest = spec.source.slice(offset, lines.endOf(lines.lineOf(offset)));
  const follows =
    quote === ''
      ? /^[^\s"',{}[\]:#]*/.exec(rest)?.[0]
      : new RegExp(`^[^${quote}]*(?=${quote})`).exec(rest)?.[0];
  return { start: offset - word.length, end: offset + (follows?.length ?? 0) };
}
