/** Edits that once were not read as a fresh text is, made small: a text, and what was done to it. */
import type { Change } from '../../../src/guidelines/document';

export const foundEdits: Readonly<Record<string, readonly [text: string, ...changes: Change[]]>> = {
  'a bracket that stands last in what is cut again, but not in the text': [
    '{\n  "openapi":3."components":{"""":"":}\n},',
    { start: 31, end: 31, text: '\n  "a": {},\n' },
  ],
  'a map that is not closed, though each piece is sound by itself': [
    '{\n  "openapi":"3.",{""}"":{"":{""""}}"paths":{\n   "":{"":{"":{{"""":{"":{{""}}}""}}}}"":{"":{{"""":{"":{""}}}}},"":{"":{{"":{""}}"":{"":{"":{}"":{"":{}}}}"":{""""}}}\n}',
    { start: 146, end: 146, text: '\n  "a": {},\n' },
  ],
};
