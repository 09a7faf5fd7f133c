import type { JsonNode } from '../json/node.ts';
import { parseJson } from '../json/parse.ts';
import { printJson } from '../json/print.ts';
import { follow, readPath } from './json-path.ts';
import { DeliveryFailed } from './message.ts';
import type { InputTransformer } from './target.ts';

/** What a template may say of the event beyond its own paths. */
export interface Occasion {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** Milliseconds since the epoch at which the bus took the event. */
  readonly accepted: number;
}

const PLACEHOLDER = /<([^<>"\s]+)>/g;
const TOKEN = /\\.|"|<([^<>"\s]+)>/g;

/** The variables that every template knows. */
export const PREDEFINED: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
]);

/** The variables that a template uses. */
export const placeholders = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name]) => name!);

const HEAD = ['id', 'account', 'detail-type', 'time', 'source', 'region', 'resources', 'version'];

const headOf = (event: JsonNode): JsonNode => {
  if (event.kind !== 'object') return event;
  const members = event.members
    .filter(({ key }) => HEAD.includes(key))
    .map(({ key, value }) => ({ key: key === 'detail-type' ? 'detailType' : key, value }));
  return { ...event, members };
};

const text = (value: string): JsonNode => ({ kind: 'string', value, start: 0, end: 0 });

const valueOf = (name: string, event: JsonNode, paths: Readonly<Record<string, string>>, occasion: Occasion) => {
  switch (name) {
    case 'aws.events.rule-arn':
      return text(occasion.ruleArn);
    case 'aws.events.rule-name':
      return text(occasion.ruleName);
    case 'aws.events.event.ingestion-time':
      return text(new Date(occasion.accepted).toISOString());
    case 'aws.events.event':
      return headOf(event);
    case 'aws.events.event.json':
      return event;
    default: {
      const path = readPath(paths[name] ?? '');
      return (path && follow(event, path)) ?? text('');
    }
  }
};

const inString = (node: JsonNode, plainText: boolean): string => {
  if (node.kind === 'string') return JSON.stringify(node.value).slice(1, -1);
  return plainText ? printJson(node).replaceAll('"', '') : printJson(node);
};

/**
 * Fills a template in. In a text, objects lose their quotes; in JSON they must stand outside of strings, and what
 * isn't JSON in the end is not delivered.
 */
export const fillTemplate = (transformer: InputTransformer, event: JsonNode, occasion: Occasion): string => {
  const { InputTemplate: template, InputPathsMap: paths = {} } = transformer;
  const plainText = template.trimStart().startsWith('"');
  let quoted = false;
  const filled = template.replace(TOKEN, (token, name?: string) => {
    if (token === '"') quoted = !quoted;
    if (name === undefined) return token;
    const value = valueOf(name, event, paths, occasion);
    return quoted ? inString(value, plainText) : printJson(value);
  });
  if (plainText) return filled;
  try {
    parseJson(filled);
    return filled;
  } catch {
    throw new DeliveryFailed('INVALID_JSON', 'The input template did not make valid JSON.', true);
  }
};
