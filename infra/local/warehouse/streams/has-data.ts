import { notFound } from '../catalog/errors.ts';
import { qualify } from '../catalog/names.ts';
import { scopeOf } from '../session/plan.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import type { SystemFunction } from '../system/system-function.ts';
import { streamRelation } from './stream-relation.ts';

/** SYSTEM$STREAM_HAS_DATA('stream'): whether DML that reads it would find a row. */
export const streamHasData: SystemFunction = async ([name], { session, warehouse }) => {
  const path = qualify(new Cursor(tokenize(name?.text ?? '')).name(), session);
  const stream = warehouse.catalog.find('STREAM', path);
  if (stream === undefined || !session.access.visible(stream)) throw notFound('STREAM', path);
  const { read } = streamRelation(stream, scopeOf(session))!;
  const found = await session.transactions.read([path.join('.')], true, async (run) => {
    const result = await run(`SELECT 1 FROM ${read} LIMIT 1`);
    return result.rowCount > 0;
  });
  return { type: 'boolean', text: found ? '1' : '0' };
};
