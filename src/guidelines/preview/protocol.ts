/** What the preview of an API description shows, and the messages between its page, the editor and the language server. */
import type { Guard, Guarded } from '../../base/guards';
import { flag, listOf, literal, number, optional, record, text } from '../../base/guards';

/** A JSON pointer to where something is written. */
const pointer = text;

const operationRow = record({ pointer, method: text, path: text, summary: text, deprecated: flag });
export type OperationRow = Guarded<typeof operationRow>;

const group = record({ name: text, description: text, operations: listOf(operationRow) });
export type Group = Guarded<typeof group>;

const outline = record({
  title: text,
  version: text,
  description: text,
  servers: listOf(text),
  groups: listOf(group),
  /** The schemas that have names. */
  schemas: listOf(record({ pointer, name: text })),
});
export type Outline = Guarded<typeof outline>;
export const isOutline: Guard<Outline> = outline;

/** One line of the tree of a schema. */
const schemaRow = record({
  /** Where it is written, and what its own rows are asked for by. */
  pointer,
  name: text,
  type: text,
  required: flag,
  deprecated: flag,
  description: text,
  /** What else holds for it: `at most 50 characters`. */
  facts: listOf(text),
  opens: flag,
});
export type SchemaRow = Guarded<typeof schemaRow>;
const schemaRows = listOf(schemaRow);
export const isSchemaRows: Guard<readonly SchemaRow[]> = schemaRows;

const example = record({ name: text, text });
export type Example = Guarded<typeof example>;

const media = record({ type: text, schema: optional(schemaRow), examples: listOf(example) });
export type Media = Guarded<typeof media>;

const parameter = record({ place: text, schema: schemaRow });
export type Parameter = Guarded<typeof parameter>;

const response = record({
  pointer,
  code: text,
  description: text,
  headers: listOf(schemaRow),
  media: listOf(media),
});
export type Response = Guarded<typeof response>;

const operation = record({
  pointer,
  description: text,
  operationId: text,
  security: listOf(text),
  parameters: listOf(parameter),
  body: optional(record({ pointer, required: flag, description: text, media: listOf(media) })),
  responses: listOf(response),
});
export type Operation = Guarded<typeof operation>;
export const isOperation: Guard<Operation> = operation;

const hostMessages = {
  /** Something was edited; what is open is asked for again. */
  outline: record({ type: literal('outline'), revision: number, outline }),
  /** There is nothing to show, and why. */
  nothing: record({ type: literal('nothing'), why: text }),
  operation: record({ type: literal('operation'), pointer, operation: optional(operation) }),
  schema: record({ type: literal('schema'), pointer, rows: schemaRows }),
  /** The cursor stands in this operation. */
  select: record({ type: literal('select'), pointer }),
} as const;

/** From the editor to the page. */
export type HostMessage = Guarded<(typeof hostMessages)[keyof typeof hostMessages]>;

const pageMessages = {
  ready: record({ type: literal('ready') }),
  operation: record({ type: literal('operation'), pointer }),
  schema: record({ type: literal('schema'), pointer }),
  /** Show where it is written. */
  reveal: record({ type: literal('reveal'), pointer }),
} as const;

/** From the page to the editor. */
export type PageMessage = Guarded<(typeof pageMessages)[keyof typeof pageMessages]>;

const fits = (value: unknown, guards: Readonly<Record<string, Guard<unknown>>>): boolean =>
  Object.values(guards).some((guard) => guard(value));

export const isHostMessage: Guard<HostMessage> = (value): value is HostMessage => fits(value, hostMessages);
export const isPageMessage: Guard<PageMessage> = (value): value is PageMessage => fits(value, pageMessages);
