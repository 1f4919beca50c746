/** What rule sets import from Spectral's packages where these are not installed, and of some always, on our own functions. */
import { isObject, isString } from '../../../base/json';
import { askOf } from '../../declared/functions';
import type { FunctionName } from '../../declared/names';
import { functionNames } from '../../declared/names';
import type { CodeResult } from '../messages';
import type { Called } from './called';
import { valueNode } from './value-node';

/** Names that rule sets know formats by. */
const formatNames =
  'oas2 oas3 oas3_0 oas3_1 oas3_2 aas2 aas2_0 aas2_1 aas2_2 aas2_3 aas2_4 aas2_5 aas2_6 aas3 aas3_0 asyncapi2 arazzo1 arazzo1_0 jsonSchema jsonSchemaLoose jsonSchemaDraft4 jsonSchemaDraft6 jsonSchemaDraft7 jsonSchemaDraft2019_09 jsonSchemaDraft2020_12'.split(
    ' ',
  );

const functions = Object.fromEntries(functionNames.map((name) => [name, callOf(name)]));
/** A format is a function that says whether a document has it; here it stands for its name. */
const formats = Object.fromEntries(
  formatNames.map((name) => [name, Object.assign(() => false, { displayName: name })]),
);
const rulesets = Object.fromEntries(['oas', 'asyncapi', 'arazzo'].map((name) => [name, { rules: {} }]));

/** Which draft of JSON Schema an address under `$schema` means; Spectral's own functions ask for it where they are installed. */
function extractDraftVersion(address: unknown): string | null {
  const named =
    /^https?:\/\/json-schema\.org\/(?:draft-0([467])|draft\/(2019-09|2020-12))\/(?:hyper-)?schema#?$/.exec(
      isString(address) ? address : '',
    );
  return named === null ? null : `draft${named[1] ?? named[2] ?? ''}`;
}

const detectDialect = (schema: unknown): string | null =>
  extractDraftVersion(isObject(schema) ? schema['$schema'] : undefined);

/** By name of the package. */
export const packages: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '@stoplight/spectral-functions': functions,
  '@stoplight/spectral-formats': { ...formats, extractDraftVersion, detectDialect },
  '@stoplight/spectral-rulesets': rulesets,
  '@stoplight/spectral-core': { createRulesetFunction },
};

/**
 * Those of which ours are meant even where others are installed: who compares a format, or extends a rule set, means what is known here,
 * and a rule of Spectral's own functions runs on our engine without a call into the worker for each value.
 */
export const always = [
  '@stoplight/spectral-formats',
  '@stoplight/spectral-functions',
  '@stoplight/spectral-rulesets',
];

/** The formats of these names, as functions ask for them: `document.formats.has(oas3)`. */
export function formatsOf(names: readonly string[]): ReadonlySet<unknown> {
  return new Set(names.flatMap((name) => (Object.hasOwn(formats, name) ? [formats[name]] : [])));
}

/** What a value stands for that came out of one of the packages; undefined for all else. */
export function nameOf(value: unknown): string | undefined {
  const named = (all: Readonly<Record<string, unknown>>): string | undefined =>
    Object.keys(all).find((name) => all[name] === value);
  const ruleset = named(rulesets);
  return named(functions) ?? named(formats) ?? (ruleset === undefined ? undefined : `spectral:${ruleset}`);
}

/** One of our functions, as a function of a team calls it. */
function callOf(name: FunctionName): Called {
  return (target, options, context) => {
    const ask = askOf(name, options);
    const path: readonly unknown[] =
      isObject(context) && Array.isArray(context['path']) ? context['path'] : [];
    const node = valueNode(target);
    const scalar = node?.kind === 'scalar' ? node.value : undefined;
    return ask({ node, scalar, follow: (one) => one.actual }).map(({ why, at }): CodeResult | object => ({
      message: why,
      path: [...path, ...(at?.path ?? [])],
    }));
  };
}

/** A function that says which values it is for, and which options it takes. */
function createRulesetFunction(form: unknown, called: Called): Called {
  const { input, options: wanted } = isObject(form) ? form : {};
  const fits = (value: unknown, schema: unknown): boolean => {
    if (!isObject(schema)) return true;
    const told = functions['schema']?.(value, { schema }, undefined);
    return Array.isArray(told) && told.length === 0;
  };
  return (target, options, context) => {
    if (!fits(target, input)) return undefined;
    if (!fits(options, wanted)) throw new TypeError('these options are not what it takes');
    return called(target, options, context);
  };
}
