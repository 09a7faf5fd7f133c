import type { Column } from '../contract.ts';
import type { WireRow } from '../session/outcome.ts';

/** How a session wants documents printed: JSON_INDENT, and STRICT_JSON_OUTPUT. */
export interface Print {
  readonly indent: number;
  readonly strict: boolean;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;
const DOCUMENTS = new Set<Column['type']>(['variant', 'object', 'array']);

/**
 * A document as results carry it: each member on a line of its own, unless the indentation is 0.
 *
 * @example printedJson('{"a":[1,undefined]}', { indent: 2, strict: false }) // '{\n  "a": [\n    1,\n    undefined\n  ]\n}'
 * @example printedJson('{"a":[1,undefined]}', { indent: 0, strict: true }) // '{"a":[1,null]}'
 */
export const printedJson = (text: string, { indent, strict }: Print): string => {
  if (!/^[[{]/.test(text) || (indent === 0 && !strict)) return text;
  const line = (depth: number): string => (indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`);
  const tokens = text.match(TOKENS) ?? [];
  let depth = 0;
  return tokens
    .map((token, i) => {
      const before = tokens[i - 1];
      if (token === '}' || token === ']') {
        depth -= 1;
        return before === '{' || before === '[' ? token : line(depth) + token;
      }
      const start = before === '{' || before === '[' || before === ',' ? line(depth) : '';
      if (token === '{' || token === '[') depth += 1;
      if (token === ':') return indent === 0 ? ':' : ': ';
      return start + (strict && token === 'undefined' ? 'null' : token);
    })
    .join('');
};

/** Rows with their documents printed so; undefined if no column holds any. */
export const printer = (columns: readonly Column[], print: Print): ((row: WireRow) => WireRow) | undefined => {
  const isDocument = columns.map(({ type }) => DOCUMENTS.has(type));
  if (!isDocument.includes(true)) return undefined;
  return (row) => row.map((cell, i) => (isDocument[i] && cell !== null ? printedJson(cell, print) : cell));
};
