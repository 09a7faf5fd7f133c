import type { JsonNode } from '../json/node.ts';
import { parseJson } from '../json/parse.ts';
import { printJson } from '../json/print.ts';
import { fillTemplate } from './input-template.ts';
import type { Occasion } from './input-template.ts';
import { follow, readPath } from './json-path.ts';
import { DeliveryFailed } from './message.ts';
import type { Target } from './target.ts';

const atPath = (event: JsonNode, path: string): string => {
  const read = readPath(path);
  const found = read && follow(event, read);
  if (found === undefined) throw new DeliveryFailed('INVALID_JSON', `Nothing stands at the input path ${path}.`, true);
  return printJson(found);
};

/** What a target gets of an event: all of it, unless the target says otherwise. */
export const bodyFor = (target: Target, event: string, occasion: Occasion): string => {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return atPath(parseJson(event), target.InputPath);
  if (target.InputTransformer) return fillTemplate(target.InputTransformer, parseJson(event), occasion);
  return event;
};
