import { defineBreaking } from '../check';

const shown = (types: ReadonlySet<string>): string =>
  types.size === 0 ? 'anything' : [...types].map((type) => `\`${type}\``).join(' or ');

/** Types that a value of the first kind may have and that the second does not allow. */
function beyond(types: ReadonlySet<string>, allowed: ReadonlySet<string>): boolean {
  if (allowed.size === 0) return false;
  if (types.size === 0) return true;
  return [...types].some((type) => !allowed.has(type) && !(type === 'integer' && allowed.has('number')));
}

export const breakingType = defineBreaking({
  id: 'breaking-type',
  summary: 'What callers send is still taken, and what they get is still of a type that they expect.',
  why: 'A request may take more types than before, and a response may have fewer; the other way round, old requests are refused and old code can’t read new responses.',
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
                  id: { type: integer }
                  total: { type: number }
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
                  id: { type: string } # want
                  total: { type: number }
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
                  id: { type: integer }
                  total: { type: integer }
`,
  compare: {
    schema({ name, before, after, at, scope }, tell) {
      const [was, is] = [before.types, after.types];
      const isRequest = scope.direction === 'request';
      if (isRequest ? !beyond(was, is) : !beyond(is, was)) return;
      const type = after.find('type');
      tell({
        at: type ?? at,
        on: type === undefined ? 'key' : 'value',
        message: `The type of ${name} was ${shown(was)} and is ${shown(is)}: ${isRequest ? 'what callers send is refused' : 'callers can’t read what they get'}.`,
        old: before.find('type') ?? before.written,
      });
    },
  },
});
