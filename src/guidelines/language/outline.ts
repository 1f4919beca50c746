/** Document symbols: what a file holds, by the names that people look for. */
import type { NodeType } from '../shapes';
import { httpMethods } from '../shapes';
import type { Spec } from '../spec';
import type { PathSegment, Span, TreeNode } from '../tree';
import { modelOf } from '../walk';
import { nameSpan } from './at';

export type SymbolKind =
  'section' | 'path' | 'operation' | 'schema' | 'property' | 'parameter' | 'component' | 'entry';

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The most that are given; a big description has them in its upper levels. */
const most = 10_000;
const deepest = 6;

const kinds: Readonly<Partial<Record<NodeType, SymbolKind>>> = {
  pathItem: 'path',
  operation: 'operation',
  schema: 'schema',
  parameter: 'parameter',
  response: 'component',
  requestBody: 'component',
  header: 'component',
  example: 'component',
  link: 'component',
  callback: 'component',
  securityScheme: 'component',
  mediaType: 'component',
  tag: 'component',
};

export function symbolsIn(spec: Spec): readonly DocumentSymbol[] {
  return new Outline(spec).of(spec.ownRoot, []);
}

class Outline {
  readonly #typeAt: (path: readonly PathSegment[]) => NodeType | undefined;
  #left = most;

  constructor({ version, expected }: Spec) {
    this.#typeAt = modelOf(version, expected?.content);
  }

  of(node: TreeNode, path: readonly PathSegment[]): readonly DocumentSymbol[] {
    if (path.length >= deepest) return [];
    const isList = node.kind === 'list';
    return node.children.flatMap((child, at) => {
      if (this.#left <= 0 || child.key === '<<') return [];
      const way = [...path, isList ? at : (child.key ?? '')];
      const type = this.#typeAt(way);
      // Words and numbers say little by themselves.
      if (child.kind === 'scalar' && path.length > 0 && type === undefined) return [];
      if (isList && type === undefined) return [];
      this.#left -= 1;
      return [this.#symbol(child, way, type)];
    });
  }

  #symbol(node: TreeNode, path: readonly PathSegment[], type: NodeType | undefined): DocumentSymbol {
    const name = nameSpan(node);
    const children = node.kind === 'map' || node.kind === 'list' ? this.of(node, path) : [];
    const isProperty = path.at(-2) === 'properties';
    return {
      ...labelOf(node, type),
      kind: isProperty ? 'property' : ((type && kinds[type]) ?? (path.length === 1 ? 'section' : 'entry')),
      span: { start: Math.min(name.start, node.start), end: Math.max(name.end, node.end) },
      nameSpan: name,
      children,
    };
  }
}

function labelOf(node: TreeNode, type: NodeType | undefined): Pick<DocumentSymbol, 'name' | 'detail'> {
  const text = (key: string): string => (node.kind === 'map' ? (node.stringAt(key) ?? '') : '');
  const key = node.key ?? '';
  if (type === 'operation' && httpMethods.includes(key.toLowerCase()))
    return { name: key.toUpperCase(), detail: text('operationId') || text('summary') };
  const ref = text('$ref');
  if (key === '')
    return { name: text('name') || ref.split('/').at(-1) || text('url') || '…', detail: text('in') };
  if (node.kind === 'scalar') return { name: key, detail: node.source.slice(0, 80) };
  return { name: key, detail: ref === '' ? text('type') : ref };
}
