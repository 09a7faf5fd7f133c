import { backfillBatches, backfillFates, publishProcedure } from '../../../services/coordinator/tables.ts';
import { loadLock, target } from '../../../services/load/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { roleOf, type Deployment, type PipelineParts } from '../deployment.ts';
import { own, type Published } from './published-tables.ts';

/** Publishes a backfill's shadows: one transaction keeps what they replace, removes it, and brings their rows in; once. */
export const createPublish = (to: Deployment, parts: PipelineParts, tables: readonly Published[]): Statement => {
  const { replaceBy, version } = parts.load;
  const [order, newer] = [name(replaceBy), name(version)];
  const fates = ident(backfillFates(to.stage));
  const batches = ident(backfillBatches(to.stage));
  const ofBatches = (day: Published['day']): Fragment =>
    fragment`held.BATCH_ID in (select BATCH_ID from ${batches} where BACKFILL_ID = :ID) and ${inDays(day('held'))}`;
  const moves = tables.map((it) => {
    const [from, keep] = [
      fragment`identifier(:${trusted(it.variable)}) b`,
      fragment`insert into ${ident(it.replaced)}`,
    ];
    const isTarget = it.variable === 'TARGET';
    const held = join(
      it.names.map((column) => fragment`held.${name(column)}`),
      ', ',
    );
    // A batch that was replayed meanwhile may have brought orders that the backfill has, too: no newer ones replace them.
    const brought = fragment`(
          select b.${order} as THIS, max(b.${newer}) as NEWEST from ${from} where ${own} and ${inDays(it.day('b'))} group by b.${order}
        ) brought`;
    const asNew = fragment`held.${order} = brought.THIS and held.${newer} <= brought.NEWEST`;
    const overtaken = fragment`
        ${keep} (${it.columns}, BACKFILL_ID, REPLACED_AT)
        select ${held}, :ID, sysdate() from ${ident(it.live)} held join ${brought} on ${asNew};
        delete from ${ident(it.live)} held using ${brought} where ${asNew};`;
    const kept = fragment` and not exists (select 1 from ${ident(it.live)} held where held.${order} = b.${order})`;
    return fragment`
        ${keep} (${it.columns}, BACKFILL_ID, REPLACED_AT)
        select ${held}, :ID, sysdate() from ${ident(it.live)} held where ${ofBatches(it.day)};
        delete from ${ident(it.live)} held where ${ofBatches(it.day)};${isTarget ? overtaken : fragment``}
        insert into ${ident(it.live)} (${it.columns})
        select ${it.columns} from ${from} where ${own} and ${inDays(it.day('b'))}${isTarget ? kept : fragment``};`;
  });
  // A table that is not there yet is created before the transaction, which DDL would commit.
  const creations = tables.map(({ live, create, writer }) => {
    const [database, schema, table] = live.split('.');
    return fragment`
      select count(*) into :THERE from ${name(database!)}.INFORMATION_SCHEMA.TABLES
      where TABLE_SCHEMA = ${literal(schema!)} and TABLE_NAME = ${literal(table!)};
      if (THERE = 0) then
        ${trusted(create.text)};
        grant insert, delete on table ${ident(live)} to role ${name(roleOf(to, writer))};
      end if;`;
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
      THERE number default 0;
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
      ${join(creations, '\n')}
      begin transaction;
      update ${ident(loadLock(target(to.stage, parts.load)))} set BATCH_ID = :ID;
      select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from ${fates} where BACKFILL_ID = :ID;
      select count(*) into :LATER from ${fates} f
      where f.PIPELINE = ${literal(parts.extract.pipeline)} and f.FATE = 'published' and f.BACKFILL_ID <> :ID
        and f.BACKFILL_ID not in (select left(m.BATCH_ID, length(:ID)) from ${batches} m where m.BACKFILL_ID = :ID);
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
