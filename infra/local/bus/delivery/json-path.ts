import { member } from '../json/node.ts';
import type { JsonNode } from '../json/node.ts';

type Step = { readonly name: string } | { readonly index: number } | 'every';

/** A path through an event; one with a star finds any number of places. */
export type JsonPath = readonly Step[];

const STEP = /\.([^.[\]*'"\s]+)|\[(?:'([^']*)'|"([^"]*)")\]|\[(\d+)\]|\.\*|\[\*\]/y;

/** Reads a path such as `$.detail.items[0].sku`; undefined when it is none that EventBridge knows. */
export const readPath = (text: string): JsonPath | undefined => {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (found === null) return undefined;
    const [whole, plain, single, double, index] = found;
    const name = plain ?? single ?? double;
    if (name !== undefined) steps.push({ name });
    else steps.push(index === undefined ? 'every' : { index: Number(index) });
    at += whole.length;
  }
  return steps;
};

const taken = (node: JsonNode, step: Step): readonly (JsonNode | undefined)[] => {
  if (step === 'every') {
    if (node.kind === 'array') return node.items;
    return node.kind === 'object' ? node.members.map(({ value }) => value) : [];
  }
  if ('index' in step) return [node.kind === 'array' ? node.items[step.index] : undefined];
  return [node.kind === 'object' ? member(node, step.name) : undefined];
};

/** What stands at the path: one node, an array of all where the path has a star, or undefined. */
export const follow = (root: JsonNode, path: JsonPath): JsonNode | undefined => {
  let nodes: readonly JsonNode[] = [root];
  for (const step of path) nodes = nodes.flatMap((node) => taken(node, step)).filter((node) => node !== undefined);
  if (!path.includes('every')) return nodes[0];
  return nodes.length === 0 ? undefined : { kind: 'array', items: nodes, start: 0, end: 0 };
};
