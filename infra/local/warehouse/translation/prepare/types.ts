import { Cursor } from '../../sql/cursor.ts';
import type { Type } from '../types.ts';
import { dataType } from './data-type.ts';
import { closing, isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';

/** Reads the types of casts itself, since the parser merges types that Snowflake tells apart; each becomes a name that counts them. */
export const readTypes = (edits: Edits): Type[] => {
  const types: Type[] = [];
  edits.tokens.forEach((token, i) => {
    if (isOperator(token, '::')) read(i + 1);
    if (isWord(token, 'CAST', 'TRY_CAST') && isOperator(edits.tokens[i + 1], '(')) {
      const at = castType(edits, i + 1);
      if (at !== undefined) read(at);
    }
  });
  return types;

  function read(at: number): void {
    const cursor = new Cursor(edits.tokens.slice(at));
    const type = dataType(cursor);
    const taken = edits.tokens.length - at - cursor.rest().length;
    edits.replace(at, `SF__T${types.length}`, at + taken - 1);
    types.push(type);
  }
};

const castType = (edits: Edits, open: number): number | undefined => {
  const end = closing(edits.tokens, open);
  let depth = 0;
  for (let i = open; i < end; i += 1) {
    if (isOperator(edits.tokens[i], '(', '[', '{')) depth += 1;
    else if (isOperator(edits.tokens[i], ')', ']', '}')) depth -= 1;
    else if (depth === 1 && isWord(edits.tokens[i], 'AS')) return i + 1;
  }
  return undefined;
};
