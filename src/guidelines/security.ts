/** Who may call an operation. */
import { counted } from './fact';
import { pathOf } from './openapi';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

const said = counted((view) =>
  view.nodes('operation').flatMap((one) => (one.has('security') ? ['said'] : [])),
);

/** Where one logs in, or proves in another way who one is. */
const entrances =
  /\b(?:log-?in|sign-?in|sign-?up|register|registration|tokens?|oauth2?|password|forgot|reset|verify|webhooks?|health|healthz|ping|status|ready|readyz|livez|captcha)\b/i;

/** Whether an API that has credentials lets anyone call this operation; one that names none anywhere is not judged call by call. */
export function isOpenTo(operation: TreeNode, spec: Spec): boolean {
  const security = (operation.get('security') ?? spec.root.get('security'))?.actual;
  const isOpen =
    security === undefined
      ? said(spec).size > 0
      : security.kind === 'list' && (security.children.length === 0 || security.children.some(isNothing));
  return isOpen && !entrances.test((pathOf(operation) ?? '').replaceAll('_', '-'));
}

/** `{}` among the alternatives: no credentials are one of them. */
const isNothing = (one: TreeNode): boolean => one.kind === 'map' && one.children.length === 0;
