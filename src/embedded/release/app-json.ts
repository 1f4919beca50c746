import { isObject, stringAt } from '../../base/json';
import { brokenAppJson } from '../errors';

/** One variable of `env` in app.json (the schema of Heroku's app.json, developer center, "app.json Schema"). */
export interface ConfigVar {
  readonly name: string;
  readonly value?: string;
  /** Made once by the platform and kept. */
  readonly isSecret: boolean;
  readonly isRequired: boolean;
}

/** Reads the `env` of an app.json; no file gives no variables. Throws UserError `embedded/broken-app-json`. */
export function parseAppJson(text: string | undefined, dir: string): readonly ConfigVar[] {
  if (text === undefined) return [];
  const env = parse(text, dir)['env'];
  if (env === undefined) return [];
  if (!isObject(env)) throw brokenAppJson(dir, 'env must be an object');
  return Object.entries(env).map(([name, entry]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw brokenAppJson(dir, `${JSON.stringify(name)} is no name for a variable`);
    return varOf(name, entry);
  });
}

function parse(text: string, dir: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw brokenAppJson(dir, error instanceof Error ? error.message : 'it is no JSON');
  }
  if (!isObject(value)) throw brokenAppJson(dir, 'it must be an object');
  return value;
}

function varOf(name: string, entry: unknown): ConfigVar {
  const value = typeof entry === 'string' ? entry : stringAt(entry, 'value');
  const isSecret = stringAt(entry, 'generator') === 'secret';
  const isRequired = isObject(entry) && entry['required'] !== false && value === undefined && !isSecret;
  return { name, isSecret, isRequired, ...(value === undefined ? {} : { value }) };
}
