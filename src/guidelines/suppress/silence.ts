/** Takes out findings that somebody decided to live with, and tells of decisions that nothing needs any more. */
import type { Chunk } from '../chunk';
import type { Ignore, Regrade } from '../config/layer';
import { formatPointer, resolvePointer } from '../pointer';
import { isNear } from './near';
import type { Severity } from '../rule';
import type { Spec } from '../spec';
import { Gathered } from '../gathered';
import type { Told } from '../told';
import { inOrder } from '../told';
import type { TreeNode } from '../tree';
import type { Directive, NamedRule } from './directive';
import { Regrading } from './regrade';
import { directivesOf } from './directive';
import * as words from './words';

/** The rule under which it is told that something is silenced for nothing, or without a reason. */
export const suppressionRule = 'suppression';

/** What is never silenced by comments and ignores: the lines of the configuration say what is wrong with itself. */
const neverSilent: ReadonlySet<string> = new Set([suppressionRule, 'configuration']);

export interface Silenced {
  readonly ignores: readonly Ignore[];
  readonly regrades: readonly Regrade[];
  /** The rules that run: only of these it is known when nothing is found. */
  readonly active: ReadonlySet<string>;
  readonly isKnown: (id: string) => boolean;
  /** Undefined when nothing is told of what is silenced for nothing. */
  readonly severity: Severity | undefined;
}

interface Written {
  readonly chunk: Chunk;
  readonly directive: Directive;
}

/** A directive in force: one rule, in one line or in the file. */
interface Order extends Written {
  readonly named: NamedRule;
  /** Undefined for the whole file. */
  readonly line: number | undefined;
  isUsed: boolean;
}

export class Silence {
  readonly #spec: Spec;
  readonly #given: Silenced;
  readonly #byRule = new Map<string, Ignore[]>();
  readonly #regrading: Regrading;

  constructor(spec: Spec, given: Silenced) {
    this.#spec = spec;
    this.#given = given;
    this.#regrading = new Regrading(given.regrades);
    for (const ignore of given.ignores) {
      const list = this.#byRule.get(ignore.rule);
      if (list === undefined) this.#byRule.set(ignore.rule, [ignore]);
      else list.push(ignore);
    }
  }

  /** What is left of the findings, with what is said of comments and ignores. */
  apply(found: Gathered): Gathered {
    const written = this.#written();
    if (written.length === 0 && this.#byRule.size === 0)
      return this.#regrading.isEmpty ? found : Gathered.of(this.#regrading.apply(found.all));
    const orders = this.#orders(written);
    const used = new Set<Ignore>();
    const left = this.#regrading.apply(found.all.filter((one) => this.#isLoud(one, orders, used)));
    const { severity } = this.#given;
    if (severity === undefined) return Gathered.of(left);
    const faults = this.#faults(orders, severity);
    const said = [...left, ...faults, ...incomplete(written, severity), ...this.#unused(used, severity)];
    return Gathered.of(inOrder(said));
  }

  /** Gives what is left of some of the findings: of what silences nothing, nothing can be said by them. */
  sieve(): (told: readonly Told[]) => readonly Told[] {
    const orders = this.#orders(this.#written());
    const used = new Set<Ignore>();
    return (told) => this.#regrading.apply(told.filter((one) => this.#isLoud(one, orders, used)));
  }

  #isLoud(one: Told, orders: readonly Order[], used: Set<Ignore>): boolean {
    if (neverSilent.has(one.rule)) return true;
    const isOrdered = this.#isOrdered(one, orders);
    return !this.#isIgnored(one, used) && !isOrdered;
  }

  #written(): readonly Written[] {
    const written: Written[] = [];
    for (const chunk of this.#spec.source.chunks)
      for (const directive of directivesOf(chunk)) written.push({ chunk, directive });
    return written;
  }

  #orders(written: readonly Written[]): readonly Order[] {
    return written.flatMap(({ chunk, directive }) => {
      const line = this.#lineOf(chunk, directive);
      return directive.rules.map((named) => ({ chunk, directive, named, line, isUsed: false }));
    });
  }

  #lineOf({ start }: Chunk, { kind, start: from }: Directive): number | undefined {
    const { lines } = this.#spec.source;
    const own = lines.lineOf(start + from);
    if (kind !== 'next-line') return kind === 'line' ? own : undefined;
    // Several comments may stand above one line.
    for (let line = own + 1; line < lines.count; line += 1) {
      const text = this.#spec.source.slice(lines.startOf(line), lines.endOf(line));
      if (!/^\s*(?:#.*)?$/.test(text)) return line;
    }
    return own + 1;
  }

  #isOrdered({ rule, unit, start }: Told, all: readonly Order[]): boolean {
    const orders = all.filter((one) => one.named.id === rule);
    if (orders.length === 0) return false;
    const line = this.#spec.source.lines.lineOf(unit.start + start);
    const fitting = orders.filter((one) => one.line === undefined || one.line === line);
    for (const one of fitting) one.isUsed = true;
    return fitting.length > 0;
  }

  #isIgnored({ rule, at }: Told, used: Set<Ignore>): boolean {
    const ignores = this.#byRule.get(rule);
    if (ignores === undefined) return false;
    const pointer = at === undefined ? '' : pointerOf(at);
    const fitting = ignores.filter(
      (one) => one.pointer === undefined || one.pointer === pointer || this.#isNear(one, at),
    );
    for (const one of fitting) used.add(one);
    return fitting.length > 0;
  }

  #isNear({ pointer, near }: Ignore, at: TreeNode | undefined): boolean {
    if (near === undefined || pointer === undefined || at === undefined) return false;
    return isNear(pointer, at, { root: this.#spec.ownRoot, isExact: near === 'missing' });
  }

  #faults(orders: readonly Order[], severity: Severity): readonly Told[] {
    const unused = (one: Order): boolean =>
      !one.isUsed && this.#spec.isSound && this.#given.active.has(one.named.id);
    return orders.flatMap((order) => {
      const { chunk, directive, named } = order;
      const message = this.#given.isKnown(named.id)
        ? unused(order)
          ? words.unusedDirective(named.id, directive.kind)
          : undefined
        : words.unknownRule(named.id);
      if (message === undefined) return [];
      const isWhole = directive.rules.length === 1;
      const fix = isWhole ? { fix: words.removal(this.#spec, chunk, directive) } : {};
      return [{ ...toldAt(chunk, named, { severity, message }), ...fix }];
    });
  }

  #unused(used: ReadonlySet<Ignore>, severity: Severity): readonly Told[] {
    const { active, ignores } = this.#given;
    if (!this.#spec.isSound) return [];
    return ignores.flatMap((ignore) => {
      if (used.has(ignore) || !ignore.isOneFile || !active.has(ignore.rule)) return [];
      const { ownRoot: root } = this.#spec;
      const found = ignore.pointer === undefined ? undefined : resolvePointer(root, ignore.pointer);
      const node = found ?? root.children[0];
      if (node === undefined) return [];
      const span = node.keySpan ?? node;
      const { unit } = node;
      const place = { start: span.start - unit.start, end: span.end - unit.start };
      const message = words.unusedIgnore(ignore, found !== undefined);
      return [{ ...toldAt(unit, place, { severity, message }), at: node }];
    });
  }
}

/** Directives that name no rule, or give no reason. */
function incomplete(written: readonly Written[], severity: Severity): readonly Told[] {
  return written.flatMap(({ chunk, directive }) => {
    if (directive.rules.length > 0 && directive.reason !== '') return [];
    const message = directive.rules.length === 0 ? words.noRule : words.noReason;
    return [toldAt(chunk, directive, { severity, message })];
  });
}

function toldAt(
  unit: Told['unit'],
  { start, end }: Pick<Told, 'start' | 'end'>,
  { severity, message }: Pick<Told, 'severity' | 'message'>,
): Told {
  return { rule: suppressionRule, severity, message, unit, start, end, at: undefined, isOfWhole: false };
}

/** Where a node stands, as ignores write it. */
export function pointerOf(node: TreeNode): string {
  return formatPointer(node.path.map(String));
}
