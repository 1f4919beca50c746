import Module from 'node:module';
import { systemCode } from '../../base/errors';

/** What packages export, by their names. */
type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface StandIns {
  readonly packages: Packages;
  /** Those of them that stand in for what is installed as well. */
  readonly always: readonly string[];
}

const key = 'servicewright.packages';

/** Lets code import packages that are not installed where it looks for them. */
export function standIn(all: StandIns): void {
  Object.defineProperty(globalThis, Symbol.for(key), { value: all.packages });
  standInForRequire(all);
  Module.register(`data:text/javascript,${encodeURIComponent(hooks(all))}`);
}

/** The loader that is asked by `import`: it knows the names alone, and gives a module that looks the rest up. */
function hooks({ packages, always }: StandIns): string {
  const urls = Object.entries(packages).map(([name, exported]) => {
    const all = `globalThis[Symbol.for(${JSON.stringify(key)})][${JSON.stringify(name)}]`;
    const lines = [
      `const all = ${all};`,
      'export default all;',
      ...Object.keys(exported)
        // `undefined` is one of Spectral's functions, and no name that a variable may have.
        .map(
          (one) =>
            `const ${variable(one)} = all[${JSON.stringify(one)}]; export { ${variable(one)} as ${one} };`,
        ),
    ];
    return [name, `data:text/javascript,${encodeURIComponent(lines.join('\n'))}`] as const;
  });
  return `const urls = new Map(${JSON.stringify(urls)});
const always = new Set(${JSON.stringify(always)});
export async function resolve(specifier, context, next) {
  const url = urls.get(specifier);
  if (url === undefined) return next(specifier, context);
  const own = { url, format: 'module', shortCircuit: true };
  return always.has(specifier) ? own : next(specifier, context).catch(() => own);
}`;
}

const variable = (name: string): string => `$${name}`;

function standInForRequire({ packages, always }: StandIns): void {
  const real: unknown = Reflect.get(Module, '_load');
  if (typeof real !== 'function') return;
  Object.assign(Module, {
    _load(this: unknown, request: string, ...rest: unknown[]): unknown {
      if (always.includes(request)) return packages[request];
      try {
        return Reflect.apply(real, this, [request, ...rest]);
      } catch (error) {
        const isKnown = Object.hasOwn(packages, request) && systemCode(error) === 'MODULE_NOT_FOUND';
        if (isKnown) return packages[request];
        throw error;
      }
    },
  });
}
