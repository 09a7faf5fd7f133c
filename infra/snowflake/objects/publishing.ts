import {
  abandonProcedure,
  dependentsProcedure,
  expireProcedure,
  publishProcedure,
  restoreProcedure,
} from '../../../services/coordinator/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import { roleOf, type Deployment, type PipelineParts } from '../deployment.ts';
import { createDependents } from './dependents-procedure.ts';
import { createPublish } from './publish-procedure.ts';
import { publishedTables } from './published-tables.ts';
import { createAbandon, createExpire } from './fate-procedures.ts';
import { createRestore } from './restore-procedure.ts';

/**
 * The tables that keep what backfills replaced, and the procedures that publish a backfill, take that back, make sure
 * that it never happens, forget what it replaced, or look what hangs on its tables. They run with their owner's rights, so that no service may write another's tables; all
 * take the target's load lock first, so that loads, and each other, come before or after them as a whole.
 */
export const publishing = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  const tables = publishedTables(to, parts);
  const procedures = [publishProcedure, restoreProcedure, abandonProcedure, expireProcedure, dependentsProcedure].map(
    (it) => it(to.stage, parts.extract),
  );
  const takes = ['varchar, varchar, varchar', 'varchar', 'varchar, varchar', 'varchar', ''];
  return [
    ...tables.flatMap(({ live, replaced, gained }) => [
      sql('create-replaced')`create table if not exists ${ident(replaced)} like ${ident(live)}`,
      ...gained.map(
        (it) =>
          sql('add-column')`
            alter table ${ident(replaced)} add column if not exists ${name(it.name)} ${trusted(it.type)}
          `,
      ),
      sql('mark-replaced')`alter table ${ident(replaced)} add column if not exists BACKFILL_ID varchar`,
      sql('date-replaced')`alter table ${ident(replaced)} add column if not exists REPLACED_AT timestamp_ntz`,
    ]),
    createPublish(to, parts, tables),
    createRestore(to, parts, tables),
    createAbandon(to, parts),
    createExpire(to, parts, tables),
    createDependents(to, parts, tables),
    // Replacing a procedure takes its grants away, so that they follow it here.
    ...procedures.map(
      (it, at) =>
        sql('grant-procedure')`
          grant usage on procedure ${ident(it)}(${trusted(takes[at]!)}) to role ${name(roleOf(to, 'coordinator'))}
        `,
    ),
  ];
};
