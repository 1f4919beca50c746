import Module from 'node:module';
import { systemCode } from '../../base/errors';

/** What packages export, by their names. */
export type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const key = 'servicewright.packages';

/** Lets code import packages that are not installed where it looks for them: what is installed goes before. */
export function standIn(packages: Packages): void {
  Object.defineProperty(globalThis, Symbol.for(key), { value: packages });
  standInForRequire(packages);
  Module.register(`data:text/javascript,${encodeURIComponent(hooks(packages))}`);
}

/** The loader that is asked by `import`: it knows the names alone, and gives a module that looks the rest up. */
function hooks(packages: Packages): string {
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
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    const url = urls.get(specifier);
    if (url === undefined) throw error;
    return { url, format: 'module', shortCircuit: true };
  }
}`;
}

const variable = (name: string): string => `$${name}`;

function standInForRequire(packages: Packages): void {
  const real: unknown = Reflect.get(Module, '_load');
  if (typeof real !== 'function') return;
  Object.assign(Module, {
    _load(this: unknown, request: string, ...rest: unknown[]): unknown {
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
