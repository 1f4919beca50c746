import { duration, visible } from '../base/text';
import type { Note, Target } from './provider';
import type { DeployResult, Progress } from './run';
import { stageTitles } from './stage';

/** What a deploy says in a terminal, line by line; ends of lines are the terminal's own. */

const marks: Readonly<Record<Note['level'], string>> = { blocker: '✗', warning: '⚠', info: '·' };

export function noteLines(notes: readonly Note[]): readonly string[] {
  return notes.flatMap(({ level, message, details = [] }) => [
    `${marks[level]} ${visible(message)}`,
    ...(level === 'info' ? [] : details.slice(0, 20).map((detail) => `    ${visible(detail)}`)),
  ]);
}

/** Tells stages and lines as they come. */
export function lineProgress(say: (line: string) => void): Progress {
  return {
    stage(stage, state, seconds) {
      if (state === 'started') say(`▸ ${stageTitles[stage]}`);
      else say(`  ${state === 'done' ? '✓' : state} (${duration(seconds)})`);
    },
    line: (line) => say(`  ${visible(line)}`),
  };
}

export function resultLines({ app, environment }: Target, result: DeployResult): readonly string[] {
  if (result.outcome === 'live') {
    const where = result.url === undefined ? `in ${environment.name}` : `at ${result.url}`;
    return [`✓ ${app} v${result.release ?? '?'} is live ${where} (${duration(result.seconds)}).`];
  }
  const isUnknown = result.outcome === 'unknown';
  const fallback = isUnknown ? 'It is not known how the deploy ended.' : 'The deploy failed.';
  const { lines = [], message = fallback, fix } = result.error ?? {};
  const mark = isUnknown ? '?' : '✗';
  return [
    ...lines.map((line) => `  │ ${visible(line)}`),
    `${mark} ${visible(message)}`,
    ...(fix ? [`  ${visible(fix.label)}`] : []),
  ];
}

/** Several listeners as one. */
export function together(first: Progress, second: Progress): Progress {
  return {
    started(deploy) {
      first.started?.(deploy);
      second.started?.(deploy);
    },
    stage(stage, state, seconds) {
      first.stage?.(stage, state, seconds);
      second.stage?.(stage, state, seconds);
    },
    line(line) {
      first.line?.(line);
      second.line?.(line);
    },
    progress(done, total) {
      first.progress?.(done, total);
      second.progress?.(done, total);
    },
  };
}
