import { backfillFates, restoreProcedure } from '../../../services/coordinator/tables.ts';
import { loadLock, target } from '../../../services/load/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { fragment, join, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import type { Deployment, PipelineParts } from '../deployment.ts';
import { own, type Published } from './published-tables.ts';

/** How long what a backfill replaced can be brought back. */
export const KEPT_DAYS = 14;

/** Brings back what a published backfill replaced, in one transaction; once, and not below a later backfill. */
export const createRestore = (to: Deployment, parts: PipelineParts, tables: readonly Published[]): Statement => {
  const order = name(parts.load.replaceBy);
  const fates = ident(backfillFates(to.stage));
  const moves = tables.map((it) => {
    // An order that a newer version has replaced since stays as it is.
    const kept =
      it.variable === 'TARGET'
        ? fragment` and not exists (select 1 from ${ident(it.live)} held where held.${order} = b.${order})`
        : fragment``;
    return fragment`
        delete from ${ident(it.live)} b where ${own};
        insert into ${ident(it.live)} (${it.columns})
        select ${it.columns} from ${ident(it.replaced)} b where b.BACKFILL_ID = :ID${kept};
        delete from ${ident(it.replaced)} where BACKFILL_ID = :ID;`;
  });
  return sql('create-restore-procedure')`
    create or replace procedure ${ident(restoreProcedure(to.stage, parts.extract))}(ID varchar)
    returns varchar
    language sql
    execute as owner
    as
    $$
    declare
      CHUNKS varchar default '';
      FATE varchar default '';
      LATER number default 0;
      OLD number default 0;
    begin
      CHUNKS := ID || '_C';
      begin transaction;
      update ${ident(loadLock(target(to.stage, parts.load)))} set BATCH_ID = :ID;
      select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from ${fates} where BACKFILL_ID = :ID;
      select count_if(p.DECIDED_AT < dateadd('day', -${trusted(String(KEPT_DAYS))}, sysdate())) into :OLD
      from ${fates} p where p.BACKFILL_ID = :ID and p.FATE = 'published';
      select count(*) into :LATER from ${fates} p
      join ${fates} f on f.PIPELINE = p.PIPELINE and f.FATE = 'published' and f.DECIDED_AT > p.DECIDED_AT
      where p.BACKFILL_ID = :ID and p.FATE = 'published' and f.BACKFILL_ID <> :ID
        and not exists (select 1 from ${fates} r where r.BACKFILL_ID = f.BACKFILL_ID and r.FATE = 'restored');
      if (FATE = 'published' and LATER > 0) then
        FATE := 'overtaken';
      elseif (FATE = 'published' and OLD > 0) then
        FATE := 'expired';
      elseif (FATE = 'published') then
        ${join(moves, '\n')}
        insert into ${fates} (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
        select :ID, ${literal(parts.extract.pipeline)}, 'restored', sysdate();
        FATE := 'restored';
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
