import { abandonProcedure, backfillFates, expireProcedure } from '../../../services/coordinator/tables.ts';
import { loadLock, target } from '../../../services/load/tables.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { fragment, join, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import type { Deployment, PipelineParts } from '../deployment.ts';
import type { Published } from './published-tables.ts';
import { KEPT_DAYS } from './restore-procedure.ts';

/** Makes sure that a backfill is never published; tells what became of it if something has. */
export const createAbandon = (to: Deployment, parts: PipelineParts): Statement => {
  const fates = ident(backfillFates(to.stage));
  return sql('create-abandon-procedure')`
    create or replace procedure ${ident(abandonProcedure(to.stage, parts.extract))}(ID varchar, WANTED varchar)
    returns varchar
    language sql
    execute as owner
    as
    $$
    declare
      FATE varchar default '';
    begin
      begin transaction;
      update ${ident(loadLock(target(to.stage, parts.load)))} set BATCH_ID = :ID;
      select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from ${fates} where BACKFILL_ID = :ID;
      if (FATE = '') then
        insert into ${fates} (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
        select :ID, ${literal(parts.extract.pipeline)}, :WANTED, sysdate();
        FATE := WANTED;
      end if;
      commit;
      return FATE;
    exception
      when other then
        rollback;
        raise;
    end
    $$
  `;
};

/** Deletes what a published backfill replaced, once its time is up; tells what became of the backfill. */
export const createExpire = (to: Deployment, parts: PipelineParts, tables: readonly Published[]): Statement => {
  const fates = ident(backfillFates(to.stage));
  const deletions = tables.map((it) => fragment`delete from ${ident(it.replaced)} where BACKFILL_ID = :ID;`);
  return sql('create-expire-procedure')`
    create or replace procedure ${ident(expireProcedure(to.stage, parts.extract))}(ID varchar)
    returns varchar
    language sql
    execute as owner
    as
    $$
    declare
      FATE varchar default '';
      OLD number default 0;
    begin
      begin transaction;
      update ${ident(loadLock(target(to.stage, parts.load)))} set BATCH_ID = :ID;
      select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from ${fates} where BACKFILL_ID = :ID;
      select count_if(DECIDED_AT < dateadd('day', -${trusted(String(KEPT_DAYS))}, sysdate())) into :OLD
      from ${fates} where BACKFILL_ID = :ID;
      if (FATE = 'published' and OLD > 0) then
        ${join(deletions, '\n')}
        insert into ${fates} (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
        select :ID, ${literal(parts.extract.pipeline)}, 'expired', sysdate();
        FATE := 'expired';
      end if;
      commit;
      return FATE;
    exception
      when other then
        rollback;
        raise;
    end
    $$
  `;
};
