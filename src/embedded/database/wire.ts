import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { ScramClient } from './scram';
import { createScramClient } from './scram';

/**
 * The little of PostgreSQL's protocol 3.0 (documentation, "Frontend/Backend Protocol") that making roles and databases takes: start up with
 * SCRAM, simple queries. It replaces psql, which PostgreSQL's npm packages do not hold, and keeps passwords off every command line.
 */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type Row = readonly (string | null)[];

/** An ERROR or FATAL of the server, with its SQLSTATE. */
export class DatabaseError extends Error {
  readonly state: string;

  constructor(message: string, state: string) {
    super(message);
    this.name = 'DatabaseError';
    this.state = state;
  }
}

/** Connects, runs the statements one after the other and gives the rows of each. Throws DatabaseError or the system's error. */
export async function runSql(
  login: Login,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  const socket = connect({ host: login.host, port: login.port });
  socket.setTimeout(10_000, () => socket.destroy(new Error('the database did not answer within 10 s')));
  const messages = readMessages(socket);
  try {
    socket.write(startup(login));
    await authenticate(socket, messages, createScramClient(login.password));
    const results: (readonly Row[])[] = [];
    for (const statement of statements) {
      socket.write(message('Q', text(statement)));
      results.push(await untilReady(messages));
    }
    socket.end(message('X', Buffer.alloc(0)));
    return results;
  } finally {
    socket.destroy();
  }
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

type Messages = AsyncGenerator<Message, void>;

async function* readMessages(socket: Socket): Messages {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    while (rest.length >= 5) {
      const length = rest.readInt32BE(1) + 1;
      if (rest.length < length) break;
      yield { type: String.fromCharCode(rest[0] ?? 0), body: rest.subarray(5, length) };
      rest = rest.subarray(length);
    }
  }
}

async function next(messages: Messages): Promise<Message> {
  const { value, done } = await messages.next();
  if (done === true || !value) throw new Error('the database closed the connection');
  if (value.type === 'E') throw errorOf(value.body);
  return value;
}

const protocol = 196_608;
const sasl = { ok: 0, start: 10, continue: 11, final: 12 } as const;

async function authenticate(socket: Socket, messages: Messages, client: ScramClient): Promise<void> {
  for (;;) {
    const { type, body } = await next(messages);
    if (type === 'Z') return;
    if (type !== 'R') continue;
    const kind = body.readInt32BE(0);
    const payload = body.subarray(4).toString('utf8');
    if (kind === sasl.start) socket.write(message('p', saslInitial(client.first)));
    else if (kind === sasl.continue) socket.write(message('p', Buffer.from(client.final(payload))));
    else if (kind === sasl.final) client.verify(payload);
    else if (kind !== sasl.ok) throw new Error(`the database asks for authentication method ${kind}`);
  }
}

async function untilReady(messages: Messages): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let failure: DatabaseError | undefined;
  for (;;) {
    const { value, done } = await messages.next();
    if (done === true || !value) throw new Error('the database closed the connection');
    if (value.type === 'E') failure = errorOf(value.body);
    if (value.type === 'D') rows.push(rowOf(value.body));
    if (value.type !== 'Z') continue;
    if (failure) throw failure;
    return rows;
  }
}

function rowOf(body: Buffer): Row {
  const row: (string | null)[] = [];
  let at = 2;
  for (let column = 0; column < body.readInt16BE(0); column += 1) {
    const length = body.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? null : body.subarray(at, at + length).toString('utf8'));
    at += Math.max(length, 0);
  }
  return row;
}

function errorOf(body: Buffer): DatabaseError {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new DatabaseError(fields.get('M') ?? 'unknown error', fields.get('C') ?? '');
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`);

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function saslInitial(first: string): Buffer {
  return Buffer.concat([text('SCRAM-SHA-256'), int32(Buffer.byteLength(first)), Buffer.from(first)]);
}

function startup(login: Login): Buffer {
  const parameters = [
    'user',
    login.user,
    'database',
    login.database,
    'application_name',
    'servicewright',
    '',
  ];
  const body = Buffer.concat([int32(protocol), ...parameters.map(text)]);
  return Buffer.concat([int32(body.length + 4), body]);
}
