/** Finds keys of block maps: plain, in quotes, or long ones behind a `? `. */
import { longestKey } from './yaml-flow';
import { char, endOfQuoted, endsBlockKey, giveUp, isBlank, startsPlain } from './yaml-scan';

const longKey = /(\?[ ]+)([^\r\n]+)(\r?\n)( *):(?=[ \r\n])/y;

export class KeyFinder {
  start = 0;
  end = 0;
  colon = 0;
  /** Where the key was found last: the first of a map is looked for twice. */
  #at = -1;

  /** Whether a key starts at `at` of the one text, so far indented; remembers where it and its colon are. */
  find(text: string, at: number, indent: number): boolean {
    if (at === this.#at) return true;
    const isFound = this.#look(text, at, indent);
    if (isFound) this.#at = at;
    return isFound;
  }

  #look(text: string, at: number, indent: number): boolean {
    const code = text.charCodeAt(at);
    if (code === char.quote || code === char.apostrophe) return this.#quoted(text, at);
    if (startsPlain(text, at)) return this.#plain(text, at);
    if (code === char.colon) giveUp();
    return code === char.question && this.#long(text, at, indent);
  }

  #plain(text: string, start: number): boolean {
    let end = start;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      // Most are letters.
      if (code <= char.colon) {
        if (code === char.feed) return false;
        if (isBlank(code)) continue;
        if (code === char.hash && end !== at) return false;
        if (code === char.colon && endsBlockKey(text, at)) return this.#found(start, end, at);
      }
      end = at + 1;
    }
    return false;
  }

  /** A plain or quoted key of one line, with its `: ` at the start of the next: how long keys are written. */
  #long(text: string, at: number, indent: number): boolean {
    longKey.lastIndex = at;
    const [, before = '', key = '', between = '', spaces = ''] = longKey.exec(text) ?? giveUp();
    const start = at + before.length;
    if (spaces.length !== indent) giveUp();
    const isQuoted = key.startsWith('"') || key.startsWith("'");
    const isSound = isQuoted ? endOfQuoted(text, start) === start + key.length : startsPlain(text, start);
    if (!isSound || (!isQuoted && /:\s|:$|\s#|[ \t]$/.test(key))) giveUp();
    return this.#found(start, start + key.length, start + key.length + between.length + spaces.length);
  }

  #quoted(text: string, start: number): boolean {
    const end = endOfQuoted(text, start);
    let at = end;
    while (isBlank(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) !== char.colon) return false;
    const feed = text.indexOf('\n', start);
    if ((feed >= 0 && feed < at) || !endsBlockKey(text, at)) giveUp();
    return this.#found(start, end, at);
  }

  #found(start: number, end: number, colon: number): boolean {
    if (end - start > longestKey) giveUp();
    this.start = start;
    this.end = end;
    this.colon = colon;
    return true;
  }
}
