/** Configurations while somebody writes them: what is wrong with them, and what can be written. */
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { configAt } from '../../config/find';
import { isConfigPath, isOwnConfigPath } from '../../config/names';
import type { ConfigProblem, ConfigSeverity } from '../../config/text';
import { isSamePlace, placeOf, uriOf } from './places';
import type { Session } from './session';

const severityOf: Readonly<Record<ConfigSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Whether a document is a configuration, of ours or of another linter that is understood. */
export function isConfig(uri: string): boolean {
  const path = placeOf(uri)?.path;
  return path !== undefined && (isConfigPath(path) || isOwnConfigPath(path));
}

/** Each once: one function may go wrong in many descriptions. */
function each(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...new Map(problems.map((one) => [JSON.stringify([one.range, one.message]), one])).values()];
}

/** What is wrong with an open configuration, as it stands in the editor. */
export async function configDiagnostics(session: Session, uri: string): Promise<readonly Diagnostic[]> {
  const place = placeOf(uri);
  const text = session.documents.get(uri)?.text;
  if (place === undefined || text === undefined) return [];
  const read = (path: string): Promise<string | undefined> => {
    const address = uriOf({ root: place.root, path });
    return isSamePlace(address, uri) ? Promise.resolve(text) : session.readText(address);
  };
  const settings = await session.settingsFor(uri);
  const code = settings === 'off' ? 'off' : session.configs.codeFor(place, settings);
  const { problems } = await configAt(place.path, read, code);
  const met = [...session.documents.values()].flatMap((one) => one.faultsOf(code));
  return [...problems, ...each(met)]
    .filter(({ file }) => file === place.path)
    .map(({ range, severity, message }) => ({
      range,
      severity: severityOf[severity],
      source: 'servicewright',
      message,
    }));
}
