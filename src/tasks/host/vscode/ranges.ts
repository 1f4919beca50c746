import * as vscode from 'vscode';
import type { Range } from '../../../base/text';

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
