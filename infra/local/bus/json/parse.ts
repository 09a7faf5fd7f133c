import type { JsonNode, Member } from './node.ts';

/** Text that is not JSON; `offset` is where reading stopped. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

// The limits of the parser that EventBridge reads with.
const MAX_DEPTH = 1000;
const MAX_NUMBER_LENGTH = 1000;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[A-Za-z0-9_$]+/y;
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

type Reader = { readonly text: string; at: number };

const take = (reader: Reader, expression: RegExp): string => {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
};

const fail = (reader: Reader, message: string): never => {
  throw new JsonSyntaxError(message, reader.at);
};

const unexpected = (reader: Reader, wanted: string): never => {
  const code = reader.text.codePointAt(reader.at);
  if (code === undefined) return fail(reader, `Unexpected end-of-input: was expecting ${wanted}`);
  return fail(reader, `Unexpected character ('${String.fromCodePoint(code)}' (code ${code})): was expecting ${wanted}`);
};

const expect = (reader: Reader, character: string, wanted: string): void => {
  take(reader, SPACE);
  if (reader.text[reader.at] !== character) unexpected(reader, wanted);
  reader.at += 1;
};

const next = (reader: Reader): string | undefined => {
  take(reader, SPACE);
  return reader.text[reader.at];
};

const skipComma = (reader: Reader): boolean => {
  if (next(reader) !== ',') return false;
  reader.at += 1;
  return true;
};

const readString = (reader: Reader): string => {
  const start = reader.at;
  const { text } = reader;
  let end = start + 1;
  while (text[end] !== '"') {
    if (end >= text.length) return fail(reader, 'Unexpected end-of-input in a string');
    end += text[end] === '\\' ? 2 : 1;
  }
  reader.at = end + 1;
  try {
    return JSON.parse(text.slice(start, end + 1)) as string;
  } catch {
    throw new JsonSyntaxError('Illegal character or escape in a string', start + 1);
  }
};

const readObject = (reader: Reader, depth: number): JsonNode => {
  const start = reader.at;
  const members: Member[] = [];
  reader.at += 1;
  if (next(reader) !== '}') {
    do {
      if (next(reader) !== '"') unexpected(reader, 'double-quote to start field name');
      const key = readString(reader);
      expect(reader, ':', 'a colon to separate field name and value');
      members.push({ key, value: readValue(reader, depth + 1) });
    } while (skipComma(reader));
  }
  expect(reader, '}', 'comma to separate Object entries');
  return { kind: 'object', members, start, end: reader.at };
};

const readArray = (reader: Reader, depth: number): JsonNode => {
  const start = reader.at;
  const items: JsonNode[] = [];
  reader.at += 1;
  if (next(reader) !== ']') {
    do items.push(readValue(reader, depth + 1));
    while (skipComma(reader));
  }
  expect(reader, ']', 'comma to separate Array entries');
  return { kind: 'array', items, start, end: reader.at };
};

const readScalar = (reader: Reader): JsonNode => {
  const start = reader.at;
  const number = take(reader, NUMBER);
  if (number.length > MAX_NUMBER_LENGTH) fail(reader, `Number is longer than ${MAX_NUMBER_LENGTH} characters`);
  const word = take(reader, WORD);
  const end = reader.at;
  if (number !== '' && word === '') return { kind: 'number', text: number, start, end };
  if (number === '' && (word === 'true' || word === 'false' || word === 'null')) {
    return { kind: 'literal', text: word, start, end };
  }
  if (number === '' && word === '') return unexpected(reader, VALUES);
  return fail(reader, `Unrecognized token '${number}${word}': was expecting ${VALUES}`);
};

const readValue = (reader: Reader, depth: number): JsonNode => {
  if (depth > MAX_DEPTH) fail(reader, `Document is nested deeper than ${MAX_DEPTH} levels`);
  const first = next(reader);
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readArray(reader, depth);
  if (first !== '"') return readScalar(reader);
  const start = reader.at;
  return { kind: 'string', value: readString(reader), start, end: reader.at };
};

/** Reads one JSON text without losing digits, order or duplicate names; throws JsonSyntaxError at the first fault. */
export const parseJson = (text: string): JsonNode => {
  const reader: Reader = { text, at: 0 };
  const node = readValue(reader, 0);
  if (next(reader) !== undefined) unexpected(reader, 'the end of the text');
  return node;
};
