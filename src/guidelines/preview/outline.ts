import { operationsOf } from '../openapi';
import { formatPointer } from '../pointer';
import type { Spec } from '../spec';
import { specOf } from '../spec';
import type { TreeNode } from '../tree';
import type { Group, OperationRow, Outline } from './protocol';

/** Where a node stands, to be asked about again: a JSON pointer, for other files of the description behind their address and a `#`. */
export function pointerOf(node: TreeNode, spec: Spec): string {
  const pointer = formatPointer(node.path.map(String));
  const address = spec.owns(node) ? undefined : specOf(node)?.others?.address;
  return address === undefined ? pointer : `${address}#${pointer}`;
}

/** The node that `pointerOf` named. */
export function nodeAt(pointer: string, spec: Spec): TreeNode | undefined {
  const cut = pointer.indexOf('#/');
  if (cut < 0) return spec.resolve(`#${pointer}`);
  return spec.others?.specAt(pointer.slice(0, cut))?.resolve(pointer.slice(cut));
}

const untagged = 'Other operations';

/** Everything of a description that fits in a list: its operations by tag, in the order of its tags, and its named schemas. */
export function outlineOf(spec: Spec): Outline {
  const { root } = spec;
  const info = root.get('info')?.actual;
  const groups = new Map<string, { description: string; operations: OperationRow[] }>();
  for (const tag of root.childrenOf('tags'))
    groups.set(textAt(tag, 'name'), { description: textAt(tag, 'description'), operations: [] });
  for (const { row, tags } of operationRows(spec))
    for (const tag of tags) {
      const group = groups.get(tag) ?? { description: '', operations: [] };
      group.operations.push(row);
      groups.set(tag, group);
    }
  const filled: Group[] = [...groups].flatMap(([name, group]) =>
    group.operations.length === 0 ? [] : [{ name, ...group }],
  );
  const schemas = root.get('components')?.childrenOf('schemas') ?? root.childrenOf('definitions');
  return {
    title: textAt(info, 'title'),
    version: textAt(info, 'version'),
    description: textAt(info, 'description'),
    servers: serversOf(root),
    groups: filled,
    schemas: schemas.map((node) => ({ pointer: pointerOf(node, spec), name: node.key ?? '' })),
  };
}

/** A text for people; what is no text is shown as it is written. */
export function textAt(node: TreeNode | undefined, key: string): string {
  const found = node?.get(key)?.actual;
  return found?.kind === 'scalar' ? String(found.value ?? '') : '';
}

function* operationRows(spec: Spec): Generator<{ row: OperationRow; tags: readonly string[] }> {
  for (const section of ['paths', 'webhooks'])
    for (const written of spec.root.childrenOf(section)) {
      const item = written.key?.startsWith('x-') === true ? undefined : spec.deref(written);
      if (item === undefined) continue;
      for (const operation of [...operationsOf(item), ...item.childrenOf('additionalOperations')]) {
        const tags = operation.childrenOf('tags').flatMap((tag) => tag.actual.string ?? []);
        yield {
          row: {
            pointer: pointerOf(operation, spec),
            method: (operation.key ?? '').toUpperCase(),
            path: written.key ?? '',
            summary: textAt(operation, 'summary'),
            deprecated: operation.get('deprecated')?.actual.value === true,
          },
          tags: tags.length === 0 ? [section === 'webhooks' ? 'Webhooks' : untagged] : tags,
        };
      }
    }
}

function serversOf(root: TreeNode): readonly string[] {
  const host = textAt(root, 'host');
  if (host !== '') return [`${host}${textAt(root, 'basePath')}`];
  return root.childrenOf('servers').map((server) => textAt(server, 'url'));
}

/** The operation that stands around an offset, if one does. */
export function operationAt(spec: Spec, offset: number): TreeNode | undefined {
  for (const view of spec.ownViews)
    for (const operation of view.nodes('operation')) {
      const start = operation.keySpan?.start ?? operation.start;
      if (start <= offset && offset <= operation.end) return operation;
    }
  return undefined;
}
