/** Silences a finding for a reason: with a comment where one can stand, else in the ignore file. */
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { CodeActionKind } from 'vscode-languageserver-protocol';
import { isObject, stringAt } from '../../../base/json';
import { dirname, join, relative } from '../../../base/paths';
import { baseOf, ignoreFile } from '../../config/names';
import { configurationRule, syntaxRule } from '../../engine';
import type { Finding } from '../../finding';
import { formatPointer } from '../../pointer';
import type { Spec } from '../../spec';
import { commentAbove, directiveText, oneLine } from '../../suppress/comment';
import { withIgnores } from '../../suppress/ignore-file';
import { suppressionRule } from '../../suppress/silence';
import { placeOf, uriOf } from './places';
import type { Session } from './session';

/** A finding as the action hands it to the client, and the client back to us. */
interface Silencing {
  readonly uri: string;
  readonly rule: string;
  readonly line: number;
  readonly pointer: string;
}

const never: ReadonlySet<string> = new Set([configurationRule, syntaxRule, suppressionRule]);
const placeholder = 'say why this may stay';

/** The action that silences a finding: the client asks for the reason, or, where it can't, it is left to fill in. */
export function disableActions(
  session: Session,
  finding: Finding,
  uri: string,
  spec: Spec,
): readonly CodeAction[] {
  if (never.has(finding.rule)) return [];
  const { disableCommand } = session.client;
  const title = `Disable ${finding.rule} here, with a reason`;
  const kind = CodeActionKind.QuickFix;
  const { line } = finding.range.start;
  if (disableCommand !== undefined) {
    const pointer = formatPointer(finding.path.map(String));
    const silencing: Silencing = { uri, rule: finding.rule, line, pointer };
    return [{ title, kind, command: { title, command: disableCommand, arguments: [silencing] } }];
  }
  const edit = commentAbove(spec, line, directiveText(finding.rule, placeholder));
  if (edit === undefined) return [];
  const { lines } = spec.source;
  return [
    { title, kind, edit: { changes: { [uri]: [{ range: lines.rangeOf(edit), newText: edit.text }] } } },
  ];
}

/** Answers `servicewright/disable`: the change that silences a finding for a reason. */
export function serveDisable(session: Session): void {
  session.connection.onRequest('servicewright/disable', (params: unknown) => disable(session, params));
}

async function disable(session: Session, params: unknown): Promise<WorkspaceEdit | null> {
  const silencing = silencingOf(params);
  const reason = oneLine(stringAt(params, 'reason') ?? '');
  if (silencing === undefined || reason === '') return null;
  const { uri, rule, line } = silencing;
  const spec = (await session.check(uri))?.spec;
  if (spec === undefined) return null;
  const edit = commentAbove(spec, line, directiveText(rule, reason));
  if (edit === undefined) return ignoring(session, silencing, reason);
  const { lines } = spec.source;
  return { changes: { [uri]: [{ range: lines.rangeOf(edit), newText: edit.text }] } };
}

function silencingOf(params: unknown): Silencing | undefined {
  if (!isObject(params)) return undefined;
  const [uri, rule, pointer] = [
    stringAt(params, 'uri'),
    stringAt(params, 'rule'),
    stringAt(params, 'pointer'),
  ];
  const { line } = params;
  if (uri === undefined || rule === undefined || pointer === undefined || typeof line !== 'number')
    return undefined;
  return { uri, rule, pointer, line };
}

/** Adds to the ignore file of the folder whose configuration holds. */
async function ignoring(
  session: Session,
  { uri, rule, pointer }: Silencing,
  reason: string,
): Promise<WorkspaceEdit | null> {
  const place = placeOf(uri);
  const base = place && (await baseFor(session, uri));
  if (place === undefined || base === undefined) return null;
  const file = uriOf({ root: place.root, path: join(base, ignoreFile) });
  const before = await session.readText(file);
  const text = withIgnores(before, [{ rule, path: relative(base, place.path), pointer, reason }]);
  if (text === undefined) return null;
  const start = { line: 0, character: 0 };
  const end = { line: (before ?? '').split('\n').length, character: 0 };
  return {
    documentChanges: [
      ...(before === undefined
        ? [{ kind: 'create' as const, uri: file, options: { ignoreIfExists: true } }]
        : []),
      { textDocument: { uri: file, version: null }, edits: [{ range: { start, end }, newText: text }] },
    ],
  };
}

async function baseFor(session: Session, uri: string): Promise<string | undefined> {
  const settings = await session.settingsFor(uri);
  if (settings === 'off') return undefined;
  const [found] = (await session.configs.planFor(uri, settings)).loaded.found;
  if (found !== undefined) return baseOf(found);
  const path = placeOf(uri)?.path ?? '';
  const folders = session.client.folders.map((one) => placeOf(one)?.path.replace(/\/$/, '') ?? '');
  return folders.find((one) => one !== '' && path.startsWith(`${one}/`)) ?? dirname(path);
}

/** Answers `servicewright/effective`: what holds for a document, as JSON. */
export function serveEffective(session: Session): void {
  session.connection.onRequest('servicewright/effective', async (params: unknown): Promise<string | null> => {
    const uri = stringAt(params, 'uri') ?? '';
    const settings = await session.settingsFor(uri);
    if (settings === 'off') return null;
    const plan = await session.configs.planFor(uri, settings);
    return `${JSON.stringify(plan.print(placeOf(uri)?.path ?? uri), null, 2)}\n`;
  });
}
