import { specialTargets } from './builtins';
import { descriptionBehind } from './comments';
import { parseAssignment } from './assignments';
import { isGlob, matchGlob } from './glob';
import type { LogicalLine } from './lines';
import type { Place } from './place';
import type { Reading } from './reading';
import { addUnresolved } from './reading';
import type { RuleHead } from './rule';
import { parseRule } from './rule';
import type { Scope } from './scope';
import { createLocator } from './scope';
import type { Rule } from './targets';
import { prerequisiteNames } from './targets';
import { findUnquoted, hasUnknown, shown, wordsOf } from './text';

/** Reads a line that is neither an assignment nor a directive: a rule, or a text that expands to nothing. */
export function readRule(reading: Reading, scope: Scope, line: LogicalLine): void {
  scope.rule = undefined;
  scope.skippingRecipe = false;
  const head = parseRule(line.raw, (text) => reading.expander.expand(text));
  if (!head) return scope.comments.reset();
  if (parseAssignment(head.expandedRest + head.rest)) return readTargetVariable(reading, scope, head);
  const behind = behindColon(reading, head);
  const rule = startRule(scope, head, behind);
  if (behind.recipe !== undefined) {
    rule.recipe.push(behind.recipe);
    rule.recipeLine = scope.at?.range.start.line ?? line.line;
  }
  scope.skippingRecipe = head.names.length === 0;
  if (!scope.skippingRecipe) scope.rule = rule;
  const locate = createLocator(scope, line);
  for (const word of head.names) {
    const place = locate(word.start, word.end);
    if (hasUnknown(word.name)) addUnresolved(reading, scope.at ? shown(word.name) : word.source, place);
    else if (specialTargets.has(word.name)) addSpecial(reading, word.name, rule, { place, head });
    else for (const name of existing(reading, word.name)) reading.targets.add(name, rule, place);
  }
}

/** A target with wildcards stands for the files that match, or for itself when none does (manual, 4.4). */
function existing({ options }: Reading, name: string): readonly string[] {
  if (!isGlob(name)) return [name];
  const found = matchGlob(name, options.directory, (dir) => options.list(dir));
  return found.length > 0 ? found : [name];
}

/** `target: NAME = value` gives the target no rule, only a variable of its own. */
function readTargetVariable(reading: Reading, scope: Scope, head: RuleHead): void {
  scope.comments.reset();
  const found = parseAssignment(head.expandedRest + head.rest);
  if (found) reading.expander.expand(found.name);
}

interface Behind {
  readonly prerequisites: string;
  readonly staticPattern: string | undefined;
  readonly recipe: string | undefined;
}

/** What stands behind the colon, expanded: `%.o: %.c` of a static pattern rule, prerequisites, and a recipe after a semicolon. */
function behindColon(reading: Reading, head: RuleHead): Behind {
  let text = head.expandedRest + reading.expander.expand(head.rest);
  let { recipe } = head;
  const semicolon = recipe === undefined ? findUnquoted(text, ';') : -1;
  if (semicolon >= 0) {
    recipe = text.slice(semicolon + 1).trimStart();
    text = text.slice(0, semicolon);
  }
  const colon = findUnquoted(text, ':');
  const names = colon < 0 ? text : text.slice(colon + 1);
  return {
    prerequisites: names.trim(),
    staticPattern: colon < 0 ? undefined : wordsOf(text.slice(0, colon))[0],
    recipe,
  };
}

function startRule(scope: Scope, head: RuleHead, behind: Behind): Rule {
  // `.PHONY: name` may stand between a comment and the rule that it describes.
  const special = head.names.length === 1 && specialTargets.has(head.names[0]?.name ?? '');
  const rule: Rule = {
    file: scope.file,
    doubleColon: head.doubleColon,
    prerequisites: behind.prerequisites,
    staticPattern: behind.staticPattern,
    description: special ? undefined : scope.comments.describe(head.comment),
    section: scope.comments.section,
    recipe: [],
    recipeLine: undefined,
  };
  if (!special) scope.comments.reset();
  return rule;
}

interface Where {
  readonly place: Place;
  readonly head: RuleHead;
}

function addSpecial(reading: Reading, name: string, rule: Rule, { place, head }: Where): void {
  const names = prerequisiteNames(rule.prerequisites).filter((one) => !hasUnknown(one));
  if (name === '.SUFFIXES') reading.targets.addSuffixes(names);
  if (name === '.PHONY') reading.targets.addPhony(names, place, descriptionBehind(head.comment));
}
