import { defineBreaking } from '../check';

/** Formats of which the first holds every value of the second. */
const wider = new Set(['int64 int32', 'double float', 'double int32', 'float int32']);

/** Whether everything of the second format is also of the first; none holds all. */
function holds(outer: string | undefined, inner: string | undefined): boolean {
  return outer === undefined || outer === inner || wider.has(`${outer} ${inner ?? ''}`);
}

export const breakingFormat = defineBreaking({
  id: 'breaking-format',
  summary: 'Values keep their format.',
  why: 'A format says what a string or number may hold. A narrower one refuses old requests; a wider one, such as `int64` for `int32`, overflows in callers that read responses.',
  before: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: integer, format: int32 }
                  at: { type: string, format: date-time }
`,
  bad: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: integer, format: int64 } # want
                  at: { type: string, format: date } # want
`,
  good: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: integer, format: int32 }
                  at: { type: string, format: date-time, description: When it was made. }
`,
  compare: {
    schema({ name, before, after, at, scope }, tell) {
      const [was, is] = [before.format, after.format];
      const isRequest = scope.direction === 'request';
      // Where there was none, one that says more about a response breaks nobody.
      if (isRequest ? holds(is, was) : holds(was, is)) return;
      const format = after.find('format');
      const said = (one: string | undefined): string => (one === undefined ? 'none' : `\`${one}\``);
      tell({
        at: format ?? at,
        on: format === undefined ? 'key' : 'value',
        message: `The format of ${name} was ${said(was)} and is ${said(is)}: ${isRequest ? 'what callers send may be refused' : 'callers may not be able to read what they get'}.`,
        old: before.find('format') ?? before.written,
      });
    },
  },
});
