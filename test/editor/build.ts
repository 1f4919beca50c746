import { readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { transform, type BuildOptions } from 'esbuild';
import { buildTold, writeWhole } from './bundle';

const shared = {
  bundle: true,
  minify: true,
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
} satisfies BuildOptions;

const onNode = {
  ...shared,
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
} satisfies BuildOptions;

interface Written {
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * esbuild copies a module that it did not bundle, name by name, into an object for each file that imports all of it: a third of the time
 * that the extension takes to load went into a hundred copies of VS Code's API, which is never replaced and has no default export.
 */
function plainApi(code: string): string {
  return code.replaceAll(/[\w$]+\(require\("vscode"\)\)/gu, 'require("vscode")');
}

/** The script of the worker that runs functions of rule sets: it keeps its `import()`, by which it loads them. */
async function codeWorker(): Promise<readonly Written[]> {
  const { outputFiles } = await buildTold({
    ...onNode,
    entryPoints: ['src/main/code-worker.ts'],
    outdir: 'out',
    format: 'cjs',
  });
  return outputFiles;
}

/** The scripts of webviews: they run in a browser. */
async function pages(): Promise<readonly Written[]> {
  const { outputFiles } = await buildTold({
    ...shared,
    entryPoints: ['src/scaffold/host/webview/form.ts', 'src/guidelines/host/webview/preview.ts'],
    entryNames: '[name]',
    outdir: 'out',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  });
  return outputFiles;
}

/** An import at the start of a part: the names that are taken, if any, and from where. */
const importing = /^import(?:\{([^}]*)\}from)?[^;"]*"([^"]+)";/;
const exporting = /export\{([^}]*)\};?\s*$/;

/**
 * A part that takes what it needs of others once, as constants, and gives what it has as one plain object. In esbuild's own CommonJS each
 * use of another part's name asks a getter, which took a thirtieth of the time of a large check. Parts need each other in no circle, and
 * what one gives stays what it is (no `export let`).
 */
function byValue(code: string): string {
  let head = '';
  let rest = code;
  for (let found = importing.exec(rest); found !== null; found = importing.exec(rest)) {
    const [whole, names, from = ''] = found;
    const isPart = names !== undefined && from.startsWith('.');
    head += isPart ? `const{${names.replaceAll(' as ', ':')}}=require(${JSON.stringify(from)});` : whole;
    rest = rest.slice(whole.length);
  }
  return (
    head +
    rest.replace(exporting, (_, names: string) => {
      const given = names.split(',').map((name) => name.split(' as ').toReversed().join(':'));
      return `module.exports={${given.join(',')}};`;
    })
  );
}

/**
 * The extension, the command line and the language server, in parts: what several need, as the rules with their texts and the platforms,
 * ships once, and each loads what it needs and no more, which is most of the time that a short command takes. esbuild splits ES modules
 * alone, so each part is turned into CommonJS, which Node loads faster and which the editor takes.
 */
async function inParts(): Promise<readonly Written[]> {
  const { outputFiles } = await buildTold({
    ...onNode,
    entryPoints: ['cli', 'extension', 'server'].map((name) => `src/main/${name}.ts`),
    outdir: 'out',
    format: 'esm',
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
  });
  const scripts = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code } = await transform(byValue(text), {
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        minify: true,
        supported: { 'dynamic-import': false },
      });
      return { path, code: plainApi(code) };
    }),
  );
  const parts = new Map(scripts.map(({ path, code }) => [basename(path), code]));
  return scripts.map(({ path, code }) => ({
    path,
    contents: Buffer.from(basename(path) === 'extension.js' ? withLoader(code, parts) : code),
  }));
}

/** Parts below this number of characters are worth less than what it takes to find and open them. */
const small = 150_000;

/** The parts that a script asks for at its start, and those that these ask for, by name; not what it loads when it is asked to. */
function startOf(script: string, parts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const look = (code: string): void => {
    for (const [, name = ''] of code.matchAll(/[=,;]require\("\.\/(?:parts\/)?([^"/]+)"\)/gu)) {
      const part = parts.get(name);
      if (part === undefined || found.has(name)) continue;
      found.set(name, part);
      look(part);
    }
  };
  look(script);
  return found;
}

/**
 * The extension with a `require` of its own for its parts, and with the small ones of its start inside. In the extension host each
 * `require` of a file goes through VS Code's, which looks for the extension that asks: for the thirty parts of the start that takes as
 * long again as all the rest. Modules of Node and VS Code's API are asked for as ever.
 */
function withLoader(code: string, parts: ReadonlyMap<string, string>): string {
  const inside = [...startOf(code, parts)]
    .filter(([, part]) => part.length < small)
    .map(([name, part]) => `${JSON.stringify(name)}:(function(require,module,exports){${part}\n})`);
  return `"use strict";const inside={${inside.join(',\n')}};
((require)=>{${code}
})(((ask)=>{
const {readFileSync}=ask("node:fs"),{join,basename}=ask("node:path"),{compileFunction}=ask("node:vm"),loaded=new Map();
const fromDisk=(filename)=>compileFunction(readFileSync(filename,"utf8"),["require","module","exports"],{filename});
return function load(id){
if(!id.startsWith("./"))return ask(id);
const name=basename(id);
let module=loaded.get(name);
if(module===undefined){
loaded.set(name,module={exports:{}});
try{(Object.hasOwn(inside,name)?inside[name]:fromDisk(join(__dirname,"parts",name)))(load,module,module.exports)}
catch(error){loaded.delete(name);throw error}
}
return module.exports;
};
})(require));
`;
}

/** Writes everything that runs into `out`, and clears away parts that are no more. */
export async function buildExtension(): Promise<void> {
  const built = await Promise.all([codeWorker(), pages(), inParts()]);
  const files = built.flat();
  await Promise.all(files.map(({ path, contents }) => writeWhole(path, contents)));
  const parts = resolve('out/parts');
  const present = new Set(files.map(({ path }) => path));
  const stale = (await readdir(parts)).filter((name) => !present.has(join(parts, basename(name))));
  await Promise.all(stale.map((name) => rm(join(parts, name), { recursive: true, force: true })));
}
