/** Reads configuration files with all that they extend. */
import { messageOf } from '../../base/errors';
import { basename } from '../../base/paths';
import { nearest } from '../../base/text';
import type { CodeAccess } from '../code/functions';
import { peerOf } from '../peers';
import { presets } from '../rule';
import type { Layer } from './layer';
import { joined, noLayer } from './layer';
import type { From, Loading, Peer, ReadText } from './loading';
import { baseOf, ignoreFileName, isPath, pathFrom } from './names';
import { presetLayer, presetOf } from './preset-layer';
import type { Extended } from './own-file';
import { extendedBy, readIgnoreFile, readOwnFile } from './own-file';
import type { ConfigProblem } from './text';
import { ConfigText } from './text';

const deepest = 16;
const mostFiles = 64;

function unreadable(file: string, fault: string): ConfigProblem {
  const top = { line: 0, character: 0 };
  return { file, range: { start: top, end: top }, severity: 'error', message: `This file ${fault}.` };
}

export class Loader implements Loading {
  readonly #read: ReadText;
  readonly code: CodeAccess;
  /** Every path that was read, whether something was there or not. */
  readonly files = new Set<string>();
  #count = 0;
  /** The files that are being read now, outermost first. */
  readonly #open: string[] = [];

  constructor(read: ReadText, code: CodeAccess = 'off') {
    this.#read = read;
    this.code = code;
  }

  /** What a file says. A file that is not there, or can't be read, is told of at `from`. */
  async file(path: string, from?: From): Promise<Layer> {
    const fault = this.#open.includes(path)
      ? 'extends itself'
      : this.#open.length >= deepest || this.#count >= mostFiles
        ? 'is one too many: files that extend files go too deep'
        : undefined;
    const source = fault === undefined ? await this.#textOf(path) : { fault };
    if ('fault' in source) {
      if (from === undefined) return { ...noLayer, problems: [unreadable(path, source.fault)] };
      from.text.say(from.at.node, `\`${from.at.name}\` ${source.fault}.`);
      return noLayer;
    }
    this.#open.push(path);
    this.#count += 1;
    try {
      return await this.#layerOf(new ConfigText(path, source.text), from?.peer ?? peerOf(path));
    } finally {
      this.#open.pop();
    }
  }

  /** The text of a file and that it was read; undefined when it is not there. Throws what reading throws. */
  async text(path: string): Promise<string | undefined> {
    this.files.add(path);
    return this.#read(path);
  }

  async #textOf(path: string): Promise<{ readonly text: string } | { readonly fault: string }> {
    try {
      const text = await this.text(path);
      return text === undefined ? { fault: 'does not exist' } : { text };
    } catch (error) {
      return { fault: `can't be read: ${messageOf(error).replace(/\.$/, '')}` };
    }
  }

  async #layerOf(text: ConfigText, peer: Peer | undefined): Promise<Layer> {
    if (peer !== undefined) return peer.layer(text, this);
    const base = baseOf(text.file);
    if (basename(text.file) === ignoreFileName) return readIgnoreFile(text, [], base);
    const named = extendedBy(text);
    if (named === undefined) return readOwnFile(text, presetLayer('recommended'), base);
    const below: Layer[] = [];
    for (const one of named) below.push(await this.extended(text, one));
    return readOwnFile(text, joined(below), base);
  }

  /** What something that a file extends says. */
  async extended(text: ConfigText, one: Extended): Promise<Layer> {
    const { name, node } = one;
    const preset = presetOf(name);
    if (preset !== undefined) return presetLayer(preset);
    if (/^https?:/i.test(name)) {
      text.say(node, `\`${name}\` is not fetched; keep a copy beside this file and extend that.`);
      return noLayer;
    }
    if (isPath(name)) return this.file(pathFrom(text.file, name), { text, at: one });
    const near = nearest(name, presets, 2);
    const meant = near === undefined ? `presets are ${presets.join(', ')}` : `perhaps \`${near}\` is meant`;
    text.say(node, `\`${name}\` is no preset and no file; ${meant}, and a file is written as ./name.yaml.`);
    return noLayer;
  }
}
