/** Comments that describe targets: `##` behind a rule, a block above it, `##@` headings. */

export interface Comments {
  /** Takes a comment line, trimmed. */
  add(line: string): void;
  /** Something else stands here: the block above no longer belongs to what follows. */
  reset(): void;
  /** The description of a rule at this line; `behind` is the comment at the rule's end. */
  describe(behind: string | undefined): string | undefined;
  readonly section: string | undefined;
}

const longest = 300;
const ruler = /^#+\s*[#=\-*~_]{3}|^#+$/;
const code = /^#(\t|[A-Za-z_][\w.-]*\s*([:+?]?=|:(\s|$)))/;

/** Follows the comments of one file. */
export function createComments(): Comments {
  let block: string[] = [];
  let section: string | undefined;
  return {
    add(line) {
      if (line.startsWith('##@')) {
        section = line.slice(3).trim() || undefined;
        block = [];
      } else if (line !== '#' && ruler.test(line)) block = [];
      else block.push(line);
    },
    reset: () => void (block = []),
    describe: (behind) => descriptionBehind(behind) ?? descriptionAbove(block),
    get section() {
      return section;
    },
  };
}

/** What stands behind `##` at the end of a rule. */
export function descriptionBehind(comment: string | undefined): string | undefined {
  return comment?.startsWith('##') === true && !comment.startsWith('##@') ? tidy([comment]) : undefined;
}

/** The first paragraph of a block; lines that begin with `##` win over the others, and code that is commented out is passed over. */
function descriptionAbove(block: readonly string[]): string | undefined {
  const text = block.filter((line) => !code.test(line));
  const marked = text.filter((line) => line.startsWith('##'));
  const lines = marked.length > 0 ? marked : text;
  const start = lines.findIndex((line) => line !== '#');
  const end = lines.indexOf('#', start);
  return tidy(lines.slice(Math.max(start, 0), end < 0 ? undefined : end));
}

function tidy(lines: readonly string[]): string | undefined {
  const text = lines
    .map((line) => line.replace(/^#+[!:]?/, '').trim())
    .join(' ')
    .replaceAll('\\n', ' ')
    .trim();
  if (text === '') return undefined;
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}
