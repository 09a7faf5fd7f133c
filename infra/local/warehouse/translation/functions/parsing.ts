import type { Call, FunctionRules } from '../call.ts';
import { compilationError, unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { OBJECT } from '../types.ts';

/** Whether an error becomes part of the result: 0 or 1. */
const permissive = (call: Call, index: number): string => {
  if (!call.has(index)) return `'0'`;
  const { sql } = call.arg(index);
  if (sql !== '0' && sql !== '1') throw unsupported(`${call.name} with a computed flag`);
  return quoteString(sql);
};

/** Texts taken apart into objects. */
export const PARSING: FunctionRules = {
  PARSE_IP: (call) => {
    call.expect(2, 3);
    const type = call.literal(1)?.toLowerCase();
    if (type !== 'inet' && type !== 'cidr')
      throw compilationError('001015', '22023', `invalid value [${type ?? 'computed'}] for parameter 'type'`);
    return { sql: `CAST(sf_parse_ip(${call.text(0)}, '${type}', ${permissive(call, 2)}) AS JSON)`, type: OBJECT };
  },
  PARSE_URL: (call) => {
    call.expect(1, 2);
    return { sql: `CAST(sf_parse_url(${call.text(0)}, ${permissive(call, 1)}) AS JSON)`, type: OBJECT };
  },
};
