import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Handlebars from 'handlebars';
import { parseText } from '../../../src/scaffold/text/parse';
import type { Call, Expression, Statement } from '../../../src/scaffold/text/tree';
import { Refused } from '../../../src/scaffold/text/tree';
import type { Random } from '../../helpers/random';
import { createRandom } from '../../helpers/random';

/** The tree that our reader makes of a text is the one that Handlebars makes, which people and editors know. */

type Told = Readonly<Record<string, unknown>> | string;

const strips = (strip: { open?: boolean; close?: boolean } | undefined): string =>
  `${strip?.open === true ? '~' : ''}|${strip?.close === true ? '~' : ''}`;

function ofExpression(node: Expression): Told {
  if (node.type === 'path') {
    const { original, parts, depth, data, line } = node;
    return { original, parts, depth, data, line };
  }
  if (node.type === 'string') return { text: node.value, line: node.line };
  return node.type === 'call' ? ofCall(node) : { literal: node.line };
}

const ofCall = ({ callee, params, hasHash, line }: Call): Told => ({
  callee: ofExpression(callee),
  params: params.map(ofExpression),
  hasHash,
  line,
});

const ours = (body: readonly Statement[]): readonly Told[] =>
  body.map((node) => {
    switch (node.type) {
      case 'content':
        return node.value;
      case 'comment':
        return { comment: strips(node.strip) };
      case 'value':
        return { value: ofCall(node.call), strip: strips(node.strip) };
      case 'partial':
        return { partial: ofCall(node.call), strip: strips(node.strip), indent: node.indent };
      case 'block': {
        const all = [node.openStrip, node.inverseStrip, node.closeStrip].map(strips).join();
        const inverse = node.inverse && ours(node.inverse);
        return { block: ofCall(node.call), body: ours(node.body), inverse, all, names: node.call.hasNames };
      }
    }
  });

function toldExpression(node: hbs.AST.Expression): Told {
  const line = node.loc.start.line - 1;
  if (node.type === 'PathExpression') {
    const { original, parts, depth, data } = node as hbs.AST.PathExpression;
    return { original, parts, depth, data: Boolean(data), line };
  }
  if (node.type === 'StringLiteral') return { text: (node as hbs.AST.StringLiteral).value, line };
  return node.type === 'SubExpression' ? toldCall(node as hbs.AST.SubExpression) : { literal: line };
}

type HandlebarsCall = Pick<hbs.AST.MustacheStatement, 'path' | 'params' | 'loc'> & { hash?: hbs.AST.Hash };

const toldCall = (node: HandlebarsCall): Told => ({
  callee: toldExpression(node.path),
  params: node.params.map(toldExpression),
  hasHash: (node.hash?.pairs.length ?? 0) > 0,
  line: node.loc.start.line - 1,
});

const theirs = (body: readonly hbs.AST.Statement[]): readonly Told[] =>
  body.map((node) => {
    switch (node.type) {
      case 'ContentStatement':
        return (node as hbs.AST.ContentStatement).value;
      case 'CommentStatement':
        return { comment: strips((node as hbs.AST.CommentStatement).strip) };
      case 'MustacheStatement': {
        const value = node as hbs.AST.MustacheStatement;
        return { value: toldCall(value), strip: strips(value.strip) };
      }
      case 'PartialStatement': {
        const one = node as hbs.AST.PartialStatement;
        const partial = toldCall({ ...one, path: one.name });
        return { partial, strip: strips(one.strip), indent: one.indent };
      }
      default: {
        const block = node as hbs.AST.BlockStatement;
        const all = [block.openStrip, block.inverseStrip, block.closeStrip].map(strips).join();
        const other = block.inverse as hbs.AST.Program | undefined;
        const inverse = other && theirs(other.body);
        const names = (block.program.blockParams as readonly string[] | undefined) !== undefined;
        return { block: toldCall(block), body: theirs(block.program.body), inverse, all, names };
      }
    }
  });

/** What a template may not hold although Handlebars knows it. */
const left =
  /decorators and blocks of partials are no part|a block opens with|takes the name of one of partials|drop \.hbs/;

/** Compares the trees; gives whether both readers take the text. */
function compare(text: string): boolean {
  let known: readonly Told[] | undefined;
  try {
    known = theirs(Handlebars.parse(text).body);
  } catch {
    // Not theirs, or with no program, as `{{^name}}` has none.
  }
  try {
    const own = ours(parseText(text));
    assert.ok(known !== undefined, `Handlebars refuses ${JSON.stringify(text)}`);
    assert.deepEqual(own, known, JSON.stringify(text));
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    assert.ok(
      known === undefined || left.test(error.message),
      `${JSON.stringify(text)} is refused: ${error.message}`,
    );
    return false;
  }
}

test('every text of the bundled templates is read as Handlebars reads it', () => {
  const paths = readdirSync('templates', { recursive: true, encoding: 'utf8' });
  const texts = paths.filter((path) => path.endsWith('.hbs')).map((path) => join('templates', path));
  assert.ok(texts.length > 50);
  for (const path of texts) assert.ok(compare(readFileSync(path, 'utf8')), path);
});

// prettier-ignore
const pieces = [
  'a', ' ', '  ', '\n', '\r\n', '\t', '\n\n', '\\', '\\\\', '{', '}', 'x: y\n', '\uFEFF',  '{{name}}',
  '{{~name}}', '{{name~}}', '{{{name}}}', '{{{{raw}}}}', '{{{{/raw}}}}', '{{{{x}}}}', '{{&a}}',
  '{{#if a}}', '{{#if a~}}', '{{~#if (eq a "b")}}', '{{/if}}', '{{~/if~}}', '{{else}}', '{{~else~}}',
  '{{^}}', '{{else if b}}', '{{~else if b~}}', '{{else  if (not c)}}', '{{elsewhere}}', '{{else-if}}',
  '{{ else }}', '{{#each list}}', '{{/each}}', '{{this}}', '{{#unless a}}', '{{/unless}}',
  '{{#each a as |b|}}', '{{! c }}', '{{!-- c }} --}}', '{{!-- c ~}}', '{{~! c ~}}', '{{!----}}', '{{!--}}',
  '{{! c', '{{> part}}', '{{~> part~}}', '  {{> part}}\n', '\t{{> part}}', '{{> (x y)}}', '{{> a b=1}}',
  '{{title name}}', '{{title (snake a.b) "c\\"d"}}', "{{x 'it''s'}}", '{{a.b/c}}', '{{../a}}',
  '{{@root.a}}', '{{[a b]}}', '{{a.[b c].d}}', '{{this.a}}', '{{a.this}}', '{{.}}', '{{./a}}', '{{.a}}',
  '{{12}}', '{{-1.5}}', '{{true}}', '{{truest}}', '{{null x}}', '{{x null 1 true undefined}}',
  '{{x a=b c="d"}}', '{{x a=b c}}', '{{', '}}', '{{{', '}}}', '{{{{', '}}}}', '{{~', '~}}', '{{#', '{{/',
  '{{name', '{{\nname\n}}', '{{(a)}}', '{{x (y', '{{*x}}', '{{#*inline "a"}}', '{{/inline}}',
  '{{#> part}}', '{{/part}}', '{{^if a}}', '{{# if a }}', '{{"a" b}}', '{{#"if" a}}', '{{a b|c}}',
  '{{a=b}}', '{{ê}}', '{{a-b}}', '{{a:b}}', '{{a$}}', '{{a;b}}', '{{#if}}',
];

test('random texts are read as Handlebars reads them, and refused where it refuses them', () => {
  const random = createRandom(20);
  let taken = 0;
  for (let count = 0; count < 6000; count += 1) {
    const length = 1 + random.int(9);
    const text = Array.from({ length }, () => random.pick(pieces)).join('');
    if (compare(text)) taken += 1;
  }
  assert.ok(taken > 500, `${taken} were templates`);
});

const spaces = ['', ' ', '\n', '  \n', '\n  ', 'a', 'a\n', '\na', ' \r\n '];
const tilde = ['', '', '', '~'];

/** A text with blocks that close, which most random ones are not. */
function nested(random: Random, depth: number): string {
  const pick = (from: readonly string[]): string => random.pick(from);
  const tag = (inside: string): string => `{{${pick(tilde)}${inside}${pick(tilde)}}}`;
  const inner = (): string => (depth > 3 ? pick(spaces) : nested(random, depth + 1));
  const block = (): string => {
    const chain = random.int(10) < 3 ? [tag('else if b'), inner()] : [];
    const other = random.int(10) < 4 ? [tag('else'), inner()] : [];
    return [tag('#if a'), inner(), ...chain, ...(random.int(5) < 1 ? chain : []), ...other, tag('/if')].join(
      '',
    );
  };
  const parts = [
    block,
    () => tag('a'),
    () => tag('> p'),
    () => tag('! c'),
    () => '{{{{raw}}}}\n{{x}}{{{{/raw}}}}',
  ];
  const part = (): string => random.pick(parts)();
  return [pick(spaces), part(), pick(spaces), random.int(2) < 1 ? part() : '', pick(spaces)].join('');
}

test('the white space around blocks goes where Handlebars lets it go', () => {
  const random = createRandom(21);
  for (let count = 0; count < 4000; count += 1) assert.ok(compare(nested(random, 0)));
});
