import { isObject, isString, stringAt } from '../../../base/json';
import { unusableContext } from '../../errors/kubernetes';

/** Acting as somebody else (kubernetes.io/docs/reference/access-authn-authz/authentication, "User impersonation"). */
export interface Impersonated {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  /** Several values each. */
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** `as`, `as-uid`, `as-groups` and `as-user-extra` of a user; undefined where there are none. Throws UserError `deploy/broken-kubeconfig`. */
export function readImpersonated(
  context: string,
  value: Readonly<Record<string, unknown>>,
): Impersonated | undefined {
  const name = stringAt(value, 'as') ?? '';
  const uid = stringAt(value, 'as-uid') ?? '';
  const groups = strings(value['as-groups']);
  const said = value['as-user-extra'];
  const extra = isObject(said)
    ? Object.fromEntries(Object.entries(said).map(([key, one]) => [key, strings(one)]))
    : {};
  const hasMore = uid !== '' || groups.length > 0 || Object.keys(extra).length > 0;
  if (name === '' && !hasMore) return undefined;
  // Acting as oneself where somebody else was meant would be worse than not acting.
  if (name === '')
    throw unusableContext(
      context,
      'its user has as-uid, as-groups or as-user-extra, and no as to go with them',
    );
  const all = [name, uid, ...groups, ...Object.values(extra).flat()];
  if (all.some((one) => /\p{Cc}/u.test(one)))
    throw unusableContext(context, 'a name that its user acts as holds a control character');
  return { name, groups, extra, ...(uid === '' ? {} : { uid }) };
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as readonly unknown[]).filter(isString) : [];

/** The headers that say so. */
export function impersonating(
  as: Impersonated | undefined,
): Readonly<Record<string, string | readonly string[]>> {
  if (!as) return {};
  const extra = Object.entries(as.extra).map(([key, values]) => [
    `impersonate-extra-${asToken(key)}`,
    values,
  ]);
  return {
    'impersonate-user': as.name,
    ...(as.uid === undefined ? {} : { 'impersonate-uid': as.uid }),
    ...(as.groups.length === 0 ? {} : { 'impersonate-group': as.groups }),
    ...(Object.fromEntries(extra) as Readonly<Record<string, readonly string[]>>),
  };
}

/** What can't stand in the name of a header is percent-encoded, as a server reads it. */
const asToken = (key: string): string =>
  [...new TextEncoder().encode(key.toLowerCase())]
    .map((byte) => {
      const char = String.fromCodePoint(byte);
      const isToken = byte < 0x80 && /[\w!#$&'*+.^`|~-]/.test(char);
      return isToken ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
