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
  'an entry that goes on further out, though each piece is sound by itself': [
    '{\n  "":{""   "":{}}"paths":{"":{{"""":{   "":{""""\n{"":{"":{""}}}}"":{""}}}},{"":{"":{{""}}}},\n  "":{"":{"""":{}}"":{   "":{"":{"":{}"":{"":{}}}}"":{""""}}}\n}',
    { start: 51, end: 51, text: '  "openapi": "3.0.3",\n' },
  ],
  'a value that another text has to be asked for': [
    'openapi": "3.\n0: ""\n""a: {',
    { start: 13, end: 13, text: ' ' },
  ],
  'another version, in which references lead elsewhere': [
    "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200': { description: x, schema: { $ref: '#/definitions/A' } }\ndefinitions:\n  A: { type: object }\n",
    { start: 0, end: 14, text: "swagger: '2.0'" },
  ],
  'an entry in the place of one that could not be read, before one that is two': [
    'swagger: 2.\npaths:\n  t:\n \n| p\n  /:\n  :',
    { start: 25, end: 25, text: '%' },
  ],
};
