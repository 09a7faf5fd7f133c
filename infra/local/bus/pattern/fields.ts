import type { JsonNode } from '../json/node.ts';
import type { Leaf } from './leaf.ts';

/** Which element of which array a value stands in; arrays are numbered through the event. */
export type Membership = ReadonlyMap<number, number>;

/** A value of the event, and the array elements around it. */
export type Field = { readonly leaf: Leaf; readonly membership: Membership };

/** The values of an event by path. Arrays leave no trace in a path; empty ones leave no value. */
export type Fields = ReadonlyMap<string, readonly Field[]>;

/** Flattens an event, once for all the patterns it is held against. */
export const fieldsOf = (event: JsonNode): Fields => {
  const fields = new Map<string, Field[]>();
  let arrays = 0;

  const add = (path: string, leaf: Leaf, membership: Membership): void => {
    const known = fields.get(path);
    if (known) known.push({ leaf, membership });
    else fields.set(path, [{ leaf, membership }]);
  };

  const visit = (path: string, node: JsonNode, membership: Membership): void => {
    switch (node.kind) {
      case 'object':
        for (const { key, value } of node.members) visit(path === '' ? key : `${path}.${key}`, value, membership);
        return;
      case 'array': {
        const array = arrays;
        arrays += 1;
        for (const [index, item] of node.items.entries()) {
          const composite = item.kind === 'object' || item.kind === 'array';
          visit(path, item, composite ? new Map(membership).set(array, index) : membership);
        }
        return;
      }
      case 'string':
        return add(path, { string: true, text: node.value }, membership);
      case 'number':
      case 'literal':
        return add(path, { string: false, text: node.text }, membership);
    }
  };

  visit('', event, new Map());
  return fields;
};
