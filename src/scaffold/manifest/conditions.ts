import type { Condition } from '../condition';
import { ConditionFault, conditionFault, parseCondition } from '../condition';
import type { Spot } from '../spot';
import { optional } from '../spot';
import type { Inputs } from './keys';

/** The condition at `key`, over these inputs; undefined where there is none. */
export function readCondition(spot: Spot, key: string, inputs: Inputs): Condition | undefined {
  const text = optional(spot, key);
  if (text === undefined) return undefined;
  const at = spot.at(key);
  const condition = parsed(text, at);
  const fault = conditionFault(condition, inputs);
  if (fault !== undefined) throw at.broken(`in the condition ${text}: ${fault}`);
  return condition;
}

function parsed(text: string, at: Spot): Condition {
  try {
    return parseCondition(text);
  } catch (error) {
    if (error instanceof ConditionFault) throw at.broken(`in the condition ${text}: ${error.message}`);
    throw error;
  }
}
