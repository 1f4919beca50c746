import type { Entry, Files } from '../../src/base/ports';

/** Files in memory: absolute paths with `/` to texts. */
export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  const isDirectory = (path: string): boolean =>
    paths.some((one) => one.startsWith(`${path.replace(/\/$/, '')}/`));
  return {
    readText: async (path) => texts[path],
    readBytes: async (path) => {
      const text = texts[path];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    async list(dir) {
      const prefix = `${dir.replace(/\/$/, '')}/`;
      const names = paths
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length).split('/')[0] ?? '');
      return [...new Set(names)]
        .sort()
        .map((name): Entry => ({ name, kind: texts[prefix + name] === undefined ? 'directory' : 'file' }));
    },
    async kind(path) {
      if (texts[path] !== undefined) return 'file';
      return isDirectory(path) ? 'directory' : undefined;
    },
    isExecutable: async () => false,
  };
}
