import type { FunctionRules } from '../call.ts';
import { unsupported } from '../failures.ts';
import { withCollation } from '../rules/collate.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { TEXT } from '../types.ts';

/** COLLATE and COLLATION. */
export const COLLATIONS: FunctionRules = {
  COLLATE: (call) => {
    call.expect(2);
    const specification = call.literal(1);
    if (specification === undefined) throw unsupported('COLLATE with a computed specification');
    return withCollation(call.arg(0), specification);
  },
  COLLATION: (call) => {
    call.expect(1);
    const { collation } = call.arg(0).type;
    return { sql: collation === undefined ? 'CAST(NULL AS VARCHAR)' : quoteString(collation), type: TEXT };
  },
};
