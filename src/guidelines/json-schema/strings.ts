/** What JSON Schema asks of texts: patterns and formats, in bounded time. */

const date = /^\d{4}-(\d\d)-(\d\d)$/;
const time = /^([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;
const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = new RegExp(`^(?:${octet}\\.){3}${octet}$`);

function isDate(text: string): boolean {
  const found = date.exec(text);
  if (!found) return false;
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(found[1]) - 1] ?? 0;
  const day = Number(found[2]);
  return day >= 1 && day <= days;
}

function isDateTime(text: string): boolean {
  const parts = text.split(/[Tt ]/);
  return parts.length === 2 && isDate(parts[0] ?? '') && time.test(parts[1] ?? '');
}

/** Formats of JSON Schema Validation 2020-12, section 7.3, that can be decided without doubt. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  time: (text) => time.test(text),
  uuid: (text) => /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  uri: (text) => /^[a-z][\w+.-]*:[^\s<>"\\^`{|}]*$/i.test(text),
  ipv4: (text) => ipv4.test(text),
  ipv6: (text) => /^[\da-f:]*:[\da-f:]*(?:\d+\.\d+\.\d+\.\d+)?$/i.test(text),
};

/** Whether a text has the form that `format` names; formats that are not known fit everything. */
export function hasFormat(text: string, format: string): boolean {
  return !Object.hasOwn(formats, format) || formats[format]?.(text) === true;
}

const mostSteps = 1e7;
const patterns = new Map<string, RegExp | undefined>();
const mostPatterns = 2000;
/** What is longer is no pattern that somebody wrote, and may be too large to be compiled. */
const longestPattern = 1000;

/** A repeated group with a choice or another repetition in it: it can try the same text in very many ways. */
const repeatedGroup = /[*+?}|][^()]*\)(?:[*+]|\{\d*,)/;
const repetition = /(?<!\\)(?:[*+]|\{\d+,\})/g;

/** The expression, when it can be read and its time is bounded. */
function compiled(pattern: string): RegExp | undefined {
  if (patterns.has(pattern)) return patterns.get(pattern);
  if (patterns.size >= mostPatterns) patterns.clear();
  const made = compile(pattern);
  patterns.set(pattern, made);
  return made;
}

function compile(pattern: string): RegExp | undefined {
  if (pattern.length > longestPattern) return undefined;
  if (repeatedGroup.test(pattern) || /\\[1-9k]/.test(pattern)) return undefined;
  for (const flags of ['u', ''])
    try {
      return new RegExp(pattern, flags);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  return undefined;
}

/**
 * Whether a text has what `pattern` describes. A pattern that could take long on this text, or that can’t be read, is not tried and
 * counts as fitting.
 */
export function hasPattern(text: string, pattern: string): boolean {
  const expression = compiled(pattern);
  if (expression === undefined) return true;
  const repetitions = pattern.match(repetition)?.length ?? 0;
  if (text.length ** (repetitions + 1) > mostSteps) return true;
  return expression.test(text);
}
