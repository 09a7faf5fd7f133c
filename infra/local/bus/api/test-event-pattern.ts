import type { Bus } from '../bus.ts';
import { invalid } from '../errors.ts';
import { member } from '../json/node.ts';
import type { JsonNode } from '../json/node.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { fieldsOf } from '../pattern/fields.ts';
import { requiredText } from './input.ts';
import type { Input } from './input.ts';
import { checkedPattern, PATTERN } from './pattern-check.ts';

const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

const eventOf = (text: string): JsonNode => {
  try {
    const event = parseJson(text);
    const whole = event.kind === 'object' && MANDATORY.every((name) => member(event, name) !== undefined);
    return whole ? event : invalid('Parameter Event is not valid.');
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return invalid('Parameter Event is not valid.');
  }
};

export const testEventPattern = (_bus: Bus, input: Input): object => {
  const pattern = checkedPattern(requiredText(input, 'EventPattern', PATTERN));
  return { Result: pattern.matches(fieldsOf(eventOf(requiredText(input, 'Event')))) };
};
