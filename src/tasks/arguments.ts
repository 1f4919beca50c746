/** From values that a person gave to the arguments of a run. */
import type { Parameter } from './task';

/**
 * Variables as `NAME=value`, only those that differ from their default; arguments in their places, up to the last that was given, those
 * before it with their defaults. `values` are by name; `extra` is what else was typed.
 */
export function argumentsOf(
  parameters: readonly Parameter[],
  values: ReadonlyMap<string, string>,
  extra: string,
): readonly string[] {
  const given = (one: Parameter): string => values.get(one.name) ?? one.default ?? '';
  const isChanged = (one: Parameter): boolean => given(one) !== (one.default ?? '');
  const variables = parameters.filter((one) => one.kind === 'variable' && isChanged(one));
  const places = parameters.filter((one) => one.kind === 'argument');
  const last = places.findLastIndex((one) => isChanged(one) || one.default === undefined);
  return [
    ...variables.map((one) => `${one.name}=${given(one)}`),
    ...places.slice(0, last + 1).map(given),
    ...splitArguments(extra),
  ];
}

/** Splits as a shell would, quotes and backslashes included; nothing is expanded. */
export function splitArguments(text: string): readonly string[] {
  const words = text.match(/(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^\s"'\\]|\\$)+/gs) ?? [];
  return words.map((word) =>
    word.replaceAll(
      /\\(.)|"((?:\\.|[^"\\])*)"?|'([^']*)'?/gs,
      (_whole, escaped?: string, double?: string, single?: string) =>
        escaped ?? single ?? (double ?? '').replaceAll(/\\(["\\$`])/g, '$1'),
    ),
  );
}
