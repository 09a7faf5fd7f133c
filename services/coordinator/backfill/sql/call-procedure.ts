import type { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Statement } from '../../../../shared/sql/statement.ts';

/** Calls one of the procedures that change more than one owner's tables at once; its one row tells the backfill's fate. */
export const callProcedure = (procedure: TableRef, args: readonly (string | null)[]): Statement =>
  sql('call-procedure')`call ${ident(procedure)}(${join(
    args.map((it) => fragment`${it}`),
    ', ',
  )})`;
