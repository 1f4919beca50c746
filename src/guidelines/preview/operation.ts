import { parametersOf, responsesOf } from '../openapi';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { pointerOf, textAt } from './outline';
import type { Example, Media, Operation, Parameter, Response, SchemaRow } from './protocol';
import { jsonOf, sampleText } from './sample';
import { rowOf } from './schema';

const mostExample = 20_000;

/** All of an operation but what is in its schemas. */
export function operationView(operation: TreeNode, spec: Spec): Operation {
  const parameters = parametersOf(operation, spec).flatMap((one) => one ?? []);
  return {
    pointer: pointerOf(operation, spec),
    description: textAt(operation, 'description'),
    operationId: textAt(operation, 'operationId'),
    security: securityOf(operation, spec),
    parameters: parameters
      .filter((one) => textAt(one, 'in') !== 'body')
      .map((one): Parameter => ({
        place: textAt(one, 'in'),
        schema: valueRow(one, textAt(one, 'name'), spec),
      })),
    body: bodyOf(operation, parameters, spec),
    responses: responsesOf(operation).map((one) => responseOf(one.code, one.node, spec)),
  };
}

/** A parameter or header: its own words before those of its schema. In Swagger 2.0 it is its own schema. */
function valueRow(node: TreeNode, name: string, spec: Spec): SchemaRow {
  const schema = node.get('schema') ?? node.childrenOf('content')[0]?.get('schema') ?? node;
  const required = node.get('required')?.actual.value === true;
  const row = rowOf(schema, spec, { name, required });
  return {
    ...row,
    description: textAt(node, 'description') || row.description,
    deprecated: row.deprecated || node.get('deprecated')?.actual.value === true,
  };
}

function bodyOf(operation: TreeNode, parameters: readonly TreeNode[], spec: Spec): Operation['body'] {
  const written = operation.get('requestBody') ?? parameters.find((one) => textAt(one, 'in') === 'body');
  const node = spec.deref(written);
  if (written === undefined || node === undefined) return undefined;
  return {
    pointer: pointerOf(written, spec),
    required: node.get('required')?.actual.value === true,
    description: textAt(node, 'description'),
    media: mediaOf(node, spec),
  };
}

function responseOf(code: string, written: TreeNode, spec: Spec): Response {
  const node = spec.deref(written) ?? written.actual;
  return {
    pointer: pointerOf(written, spec),
    code,
    description: textAt(node, 'description'),
    headers: node.childrenOf('headers').flatMap((header) => {
      const found = spec.deref(header);
      return found === undefined ? [] : [valueRow(found, header.key ?? '', spec)];
    }),
    media: mediaOf(node, spec),
  };
}

function mediaOf(node: TreeNode, spec: Spec): readonly Media[] {
  const schema = node.get('schema');
  // Swagger 2.0 has one schema for all media types.
  if (schema !== undefined) return [oneMedia('', { schema, node }, spec)];
  return node.childrenOf('content').map((written) => {
    const media = spec.deref(written) ?? written.actual;
    return oneMedia(
      written.key ?? '',
      { schema: media.get('schema') ?? media.get('itemSchema'), node: media },
      spec,
    );
  });
}

function oneMedia(
  type: string,
  { schema, node }: { readonly schema: TreeNode | undefined; readonly node: TreeNode },
  spec: Spec,
): Media {
  const written = examplesOf(node, spec);
  return {
    type,
    schema: schema && rowOf(schema, spec, { name: 'schema', required: false }),
    examples:
      written.length > 0 || schema === undefined
        ? written
        : [{ name: 'made from the schema', text: sampleText(schema, spec).slice(0, mostExample) }],
  };
}

function examplesOf(media: TreeNode, spec: Spec): readonly Example[] {
  const single = media.get('example');
  const named = media.childrenOf('examples').flatMap((written): readonly Example[] => {
    const example = spec.deref(written);
    const value = example?.get('value') ?? (spec.version === '2.0' ? example : undefined);
    return value === undefined ? [] : [exampleOf(textAt(example, 'summary') || (written.key ?? ''), value)];
  });
  return single === undefined ? named : [exampleOf('', single), ...named];
}

function exampleOf(name: string, value: TreeNode): Example {
  const json = jsonOf(value);
  const text = typeof json === 'string' ? json : JSON.stringify(json, null, 2);
  return { name, text: text.length > mostExample ? `${text.slice(0, mostExample)}…` : text };
}

/** What a caller has to show, an alternative each. */
function securityOf(operation: TreeNode, spec: Spec): readonly string[] {
  const list = operation.get('security') ?? spec.root.get('security');
  return (list?.actual.children ?? []).map((one) => {
    const schemes = one.actual.children.map((scheme) => {
      const scopes = scheme.actual.children.map((scope) => String(scope.actual.value));
      return scopes.length === 0 ? (scheme.key ?? '') : `${scheme.key ?? ''} (${scopes.join(', ')})`;
    });
    return schemes.join(' and ') || 'nothing';
  });
}
