import { specialTargets } from './builtins';
import { descriptionBehind } from './comments';
import { parseAssignment } from './assignments';
import { isGlob } from './glob';
import type { LogicalLine } from './lines';
import type { Place } from './place';
import { existing, namesIn, resolvePrerequisites } from './prerequisites';
import type { Reading } from './reading';
import { addUnresolved } from './reading';
import type { RuleHead } from './rule';
import { parseRule } from './rule';
import type { Scope } from './scope';
import { createLocator } from './scope';
import type { Rule } from './targets';

import { findUnquoted, hasUnknown, shown, wordsOf } from './text';

/** Reads a line that is neither an assignment nor a directive: a rule, or a text that expands to nothing. */
export function readRule(reading: Reading, scope: Scope, line: LogicalLine): void {
  scope.rule = undefined;
  scope.skippingRecipe = false;
  const head = parseRule(line.raw, (text) => reading.expander.expand(text));
  if (!head) return scope.comments.reset();
  if (parseAssignment(head.expandedRest + head.rest)) return readTargetVariable(reading, scope, head);
  const behind = behindColon(reading, head);
  const rule = startRule(reading, head, behind, scope);
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
    else for (const name of existing(word.name, reading.expander)) reading.targets.add(name, rule, place);
  }
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

function startRule(reading: Reading, head: RuleHead, behind: Behind, scope: Scope): Rule {
  // `.PHONY: name` may stand between a comment and the rule that it describes.
  const special = head.names.length === 1 && specialTargets.has(head.names[0]?.name ?? '');
  const prerequisites = {
    text: behind.prerequisites,
    staticPattern: behind.staticPattern,
    again: reading.secondExpansion,
  };
  // Asked now, so that the folders are known by the time that somebody wants the names.
  if (isGlob(prerequisites.text))
    for (const name of namesIn(prerequisites.text)) existing(name, reading.expander);
  const rule: Rule = {
    file: scope.file,
    doubleColon: head.doubleColon,
    isSure: reading.open.every((frame) => !frame.scope.conditionals.doubtful),
    prerequisites,
    resolve: (target) => resolvePrerequisites(prerequisites, target, reading.expander),
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
  const names = namesIn(rule.prerequisites.text).filter((one) => !hasUnknown(one));
  if (name === '.SECONDEXPANSION') reading.secondExpansion = true;
  if (name === '.SUFFIXES') reading.targets.addSuffixes(names);
  if (name === '.PHONY') reading.targets.addPhony(names, place, descriptionBehind(head.comment));
}
