/** A plain value as a node, for our functions to look at: read as JSON, without what documents need besides. */
import { jsonSteps } from '../../json-reader';
import { finish } from '../../steps';
import type { Table } from '../../table';
import { TableBuilder } from '../../table';
import type { TreeNode, Unit } from '../../tree';
import { NodeStore } from '../../tree';

class ValueUnit implements Unit {
  readonly table: Table;
  readonly start = 0;
  readonly nodes = new NodeStore();
  readonly owner = undefined;
  readonly isGone = false;
  readonly document: object = this;

  constructor(table: Table) {
    this.table = table;
  }

  anchored(): undefined {
    return undefined;
  }
}

/** Undefined for what JSON has no words for. */
export function valueNode(value: unknown): TreeNode | undefined {
  const text: unknown = JSON.stringify(value);
  if (typeof text !== 'string') return undefined;
  const { table } = finish(jsonSteps(text, new TableBuilder()));
  if (table === undefined) return undefined;
  const unit = new ValueUnit(table);
  return unit.nodes.at(unit, 0);
}
