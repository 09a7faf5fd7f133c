import { unsupported } from '../catalog/errors.ts';
import type { Moment } from '../contract.ts';
import type { Cursor } from '../sql/cursor.ts';

/** `AT (...)` or `BEFORE (...)` with a constant, as settled statements have it; undefined if neither stands here. */
export const parseMoment = (cursor: Cursor): Moment | undefined => {
  const word = cursor.acceptAny(['AT', 'BEFORE']);
  if (word === undefined) return undefined;
  cursor.expect('(');
  const kind = cursor.identifier();
  cursor.expect('=>');
  if (kind !== 'TIMESTAMP' && kind !== 'STATEMENT') throw unsupported(`Time Travel by ${kind} here`);
  const before = word === 'BEFORE';
  const moment =
    kind === 'STATEMENT' ? { statement: cursor.string(), before } : { time: new Date(cursor.number() * 1000), before };
  cursor.expect(')');
  return moment;
};
