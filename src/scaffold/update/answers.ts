import type { Answer, Answers } from '../answers';
import { answerText } from '../answers';
import type { Migration, Template } from '../template';
import { compareVersions } from '../version';

/** Answers as a newer version asks them, and what was done to get there, in sentences. */
export interface Migrated {
  readonly answers: Answers;
  readonly notes: readonly string[];
}

/**
 * Takes answers that version `from` recorded through the template's migrations, oldest first; each renames, then splits, then fills in
 * what was not asked then. Answers that nobody asks any more are dropped.
 */
export function migrateAnswers(recorded: Answers, from: string, template: Template): Migrated {
  const answers = new Map(Object.entries(recorded));
  const notes: string[] = [];
  for (const migration of template.migrations) {
    const isPassed =
      compareVersions(migration.version, from) > 0 &&
      compareVersions(migration.version, template.version) <= 0;
    if (isPassed) notes.push(...migrate(answers, migration));
  }
  const asked = new Set(template.inputs.map((input) => input.key));
  for (const key of [...answers.keys()].filter((one) => !asked.has(one))) {
    answers.delete(key);
    notes.push(`${key} is not asked any more.`);
  }
  return { answers: Object.fromEntries(answers), notes };
}

function migrate(answers: Map<string, Answer>, migration: Migration): readonly string[] {
  const notes: string[] = [];
  for (const [from, to] of Object.entries(migration.rename)) {
    const answer = answers.get(from);
    if (answer === undefined) continue;
    answers.delete(from);
    if (!answers.has(to)) answers.set(to, answer);
    notes.push(`${from} is called ${to} now.`);
  }
  for (const [from, into] of Object.entries(migration.split)) {
    const answer = answers.get(from);
    if (answer === undefined) continue;
    answers.delete(from);
    const parts = Object.entries(into).flatMap(([key, by]) => {
      const word = answerText(answer);
      const part = Object.hasOwn(by, word) ? by[word] : undefined;
      return part === undefined ? [] : [[key, part] as const];
    });
    for (const [key, part] of parts) if (!answers.has(key)) answers.set(key, part);
    const said = parts.map(([key, part]) => `${key} ${answerText(part)}`).join(' and ');
    notes.push(`${from} ${answerText(answer)} is ${said === '' ? 'no answer any more' : `${said} now`}.`);
  }
  for (const [key, answer] of Object.entries(migration.default)) {
    if (answers.has(key)) continue;
    answers.set(key, answer);
    notes.push(`${key} was not asked before; it is ${answerText(answer)}.`);
  }
  return notes;
}
