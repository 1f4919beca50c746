/** Endings that mark the name of a file. */
const fileEndings: ReadonlySet<string> = new Set(
  'a bin c cc cfg class conf cpp crt css csv d db deb dll egg exe gif go gz h hpp htm html img in ini iso jar java jpg js json key lock log lst map md mk mo o obj out pdf pem php pid png po proto ps py pyc rpm rs rst s sh so sql sqlite stamp svg tar tex tgz toml ts tsv txt wasm whl woff xml xz yaml yml zip'.split(
    ' ',
  ),
);

/** Whether a target that is not phony is likely an action: a plain word, as people write them who forget `.PHONY`. */
export function isActionName(name: string): boolean {
  if (!/^[\w][\w.:+@-]*$/.test(name)) return false;
  const dot = name.lastIndexOf('.');
  return dot < 0 || !fileEndings.has(name.slice(dot + 1).toLowerCase());
}
