/** A value that fits a schema, for people to see what goes over the wire. */
import { SchemaShape } from '../breaking/shape';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const mostDepth = 6;
const mostValues = 400;
const mostWritten = 5000;

/** Values as JSON knows them. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A written value. What is too deep or too much, as circles of aliases are, is left out. */
export function jsonOf(node: TreeNode, budget = { left: mostWritten }, depth = 20): Json {
  const { actual } = node;
  budget.left -= 1;
  if (actual.kind === 'scalar') return actual.value;
  if (depth === 0 || budget.left <= 0) return null;
  if (actual.kind === 'list')
    return actual.children.slice(0, mostValues).map((one) => jsonOf(one, budget, depth - 1));
  return Object.fromEntries(
    actual.children.slice(0, mostValues).map((one) => [one.key ?? '', jsonOf(one, budget, depth - 1)]),
  );
}

/** Makes samples; one has so many values and no more. */
class Sampler {
  readonly #spec: Spec;
  #left = mostValues;

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  of(written: TreeNode, depth: number): Json {
    this.#left -= 1;
    const shape = new SchemaShape(written, this.#spec);
    const said = shape.find('example') ?? shape.find('examples')?.actual.children[0] ?? shape.find('default');
    if (said !== undefined) return jsonOf(said);
    const first = shape.values?.values().next().value;
    if (first !== undefined) return jsonOf(first);
    const [variant] = shape.variants;
    if (variant !== undefined && shape.properties.size === 0)
      return depth === 0 ? null : this.of(variant, depth - 1);
    return this.#byType(shape, depth);
  }

  #byType(shape: SchemaShape, depth: number): Json {
    const type = [...shape.types].find((one) => one !== 'null');
    if (type === 'object') return this.#object(shape, depth);
    if (type === 'array') {
      const items = shape.find('items');
      return items === undefined || depth === 0 || this.#left <= 0 ? [] : [this.of(items, depth - 1)];
    }
    if (type === 'string') return textFor(shape.format);
    if (type === 'integer' || type === 'number') return numberFor(shape);
    return type === 'boolean' ? true : null;
  }

  #object(shape: SchemaShape, depth: number): Json {
    if (depth === 0 || this.#left <= 0) return {};
    return Object.fromEntries(
      [...shape.properties].map(([name, { node }]) => [name, this.of(node, depth - 1)]),
    );
  }
}

const texts: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  uuid: '7b5a4f1e-3c2d-4e6f-8a9b-0c1d2e3f4a5b',
  email: 'name@example.com',
  uri: 'https://example.com',
  url: 'https://example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

function textFor(format: string | undefined): string {
  return (format === undefined ? undefined : texts[format]) ?? 'text';
}

function numberFor(shape: SchemaShape): number {
  const least = shape.find('minimum')?.actual.value;
  return typeof least === 'number' ? least : 1;
}

/** A sample of a schema as indented JSON. */
export function sampleText(schema: TreeNode, spec: Spec): string {
  return JSON.stringify(new Sampler(spec).of(schema, mostDepth), null, 2);
}
