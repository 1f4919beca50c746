import assert from 'node:assert/strict';
import { test } from 'node:test';
import { underlined } from '../helpers';

const id = 'required-defined';
const base =
  '    Base:\n      type: object\n      required: [to, from]\n      properties: { ref: { type: string } }\n';
const message =
  "    Text:\n      allOf:\n        - $ref: '#/components/schemas/Base'\n        - properties: { text: { type: string } }\n";

test('a property may be that of a schema which this one is a part of through another', () => {
  const outer =
    "    Sent:\n      allOf:\n        - $ref: '#/components/schemas/Text'\n        - properties: { to: { type: string } }\n";
  assert.deepEqual(underlined(id, `components:\n  schemas:\n${base}${message}${outer}`), ['from']);
});

test('the schema around may be one that is written there', () => {
  const outer =
    "    Sent:\n      properties: { from: { type: string } }\n      oneOf:\n        - allOf:\n            - $ref: '#/components/schemas/Text'\n";
  assert.deepEqual(underlined(id, `components:\n  schemas:\n${base}${message}${outer}`), ['to']);
});

test('schemas that are parts of each other come to an end', () => {
  const round =
    "    A:\n      required: [x]\n      properties: { a: { type: string } }\n    B:\n      allOf:\n        - $ref: '#/components/schemas/A'\n        - $ref: '#/components/schemas/C'\n    C:\n      allOf: [{ $ref: '#/components/schemas/B' }]\n";
  assert.deepEqual(underlined(id, `components:\n  schemas:\n${round}`), ['x']);
});
