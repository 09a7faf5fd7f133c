import { backfillBatches, backfillFates, publishProcedure } from '../../../services/coordinator/tables.ts';
import { loadLock, target } from '../../../services/load/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Deployment, PipelineParts } from '../deployment.ts';
import { own, type Published } from './published-tables.ts';

/** Publishes a backfill's shadows: one transaction keeps what they replace, removes it, and brings their rows in; once. */
export const createPublish = (to: Deployment, parts: PipelineParts, tables: readonly Published[]): Statement => {
  const { replaceBy, version } = parts.load;
  const [order, newer] = [name(replaceBy), name(version)];
  const fates = ident(backfillFates(to.stage));
  const batches = ident(backfillBatches(to.stage));
  const replaces = ({ variable, day }: Published): Fragment => {
    const ofBatches = fragment`held.BATCH_ID in (select BATCH_ID from ${batches} where BACKFILL_ID = :ID) and ${inDays(day('held'))}`;
    if (variable !== 'TARGET') return ofBatches;
    // A batch that was replayed meanwhile may have brought an order that the backfill has, too.
    return fragment`(${ofBatches} or exists (
        select 1 from identifier(:TARGET) b
        where ${own} and ${inDays(day('b'))} and b.${order} = held.${order} and b.${newer} >= held.${newer}
      ))`;
  };
  const moves = tables.map((it) => {
    const kept =
      it.variable === 'TARGET'
        ? fragment` and not exists (select 1 from ${ident(it.live)} held where held.${order} = b.${order})`
        : fragment``;
    return fragment`
        insert into ${ident(it.replaced)} (${it.columns}, BACKFILL_ID, REPLACED_AT)
        select ${it.columns}, :ID, sysdate() from ${ident(it.live)} held where ${replaces(it)};
        delete from ${ident(it.live)} held where ${replaces(it)};
        insert into ${ident(it.live)} (${it.columns})
        select ${it.columns} from identifier(:${trusted(it.variable)}) b where ${own} and ${inDays(it.day('b'))}${kept};`;
  });
  return sql('create-publish-procedure')`
    create or replace procedure ${ident(publishProcedure(to.stage, parts.extract))}(ID varchar, FROM_DAY varchar, TO_DAY varchar)
    returns varchar
    language sql
    execute as owner
    as
    $$
    declare
      CHUNKS varchar default '';
      FATE varchar default '';
      LATER number default 0;
      ${join(
        tables.map((it) => fragment`${trusted(it.variable)} varchar default '';`),
        '\n',
      )}
    begin
      CHUNKS := ID || '_C';
      ${join(
        tables.map((it) => fragment`${trusted(it.variable)} := ${literal(it.shadow)} || ID;`),
        '\n',
      )}
      begin transaction;
      update ${ident(loadLock(target(to.stage, parts.load)))} set BATCH_ID = :ID;
      select coalesce(max(FATE), '') into :FATE from ${fates} where BACKFILL_ID = :ID;
      select count(*) into :LATER from ${fates} f
      where f.PIPELINE = ${literal(parts.extract.pipeline)} and f.FATE = 'published' and f.BACKFILL_ID <> :ID
        and not exists (
          select 1 from ${batches} m where m.BACKFILL_ID = :ID and startswith(m.BATCH_ID, f.BACKFILL_ID || '_C')
        );
      if (FATE = '' and LATER > 0) then
        FATE := 'overtaken';
      elseif (FATE = '') then
        ${join(moves, '\n')}
        insert into ${fates} (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
        select :ID, ${literal(parts.extract.pipeline)}, 'published', sysdate();
        FATE := 'published';
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

const inDays = (time: Fragment): Fragment =>
  fragment`(:FROM_DAY is null or ${time} >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or ${time} < dateadd('day', 1, :TO_DAY::timestamp_ntz))`;
