import { BatchClaimed } from '../../../events/batch-claimed.v1.ts';
import { TRIGGER_STREAM, type TableRef } from '../../../events/contract.ts';
import { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { batchLog, triggerOutbox } from '../../../services/coordinator/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import { handOver } from './owners.ts';
import { notifier, tell } from './notifier.ts';
import { accountNames, objectNames, roleOf, type Deployment, type PipelineParts } from '../deployment.ts';

/** The stream, which is handed over from the loader to the trigger, the task that drains it, and the task that claims what waits and tells AWS. */
export const trigger = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  const names = objectNames(to, parts);
  const { warehouse, trigger: role } = accountNames(to);
  return [
    ...notifier(to, parts),
    sql('create-stream')`
      create stream if not exists ${ident(names.stream)} on table ${ident(names.table)} append_only = true
    `,
    ...handOver('stream', names.stream, role),
    sql('grant-stream')`grant select on stream ${ident(names.stream)} to role ${name(roleOf(to, 'coordinator'))}`,
    sql('create-task1')`
      create or replace task ${ident(names.task1)}
        warehouse = ${name(warehouse)} schedule = ${literal(to.schedule)}
        when system$stream_has_data(${literal(names.stream)})
      as
        insert into ${ident(names.streamed)} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, STREAMED_AT)
        select SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, sysdate() from ${ident(names.stream)}
    `,
    createTriggerProcedure(to, parts),
    ...handOver('procedure', names.trigger, role, '(number, number)'),
    sql('create-task2')`
      create or replace task ${ident(names.task2)}
        warehouse = ${name(warehouse)} schedule = ${literal(to.schedule)}
      as
        call ${ident(names.trigger)}(${trusted(String(to.thresholdRows))}, ${trusted(String(to.maxAgeSeconds))})
    `,
    // Replacing a task takes its grants and its owner away, so that they follow it here.
    ...operating(to, names.task2),
    ...handOver('task', names.task1, role),
    ...handOver('task', names.task2, role),
    sql('resume-task1')`alter task ${ident(names.task1)} resume`,
    sql('resume-task2')`alter task ${ident(names.task2)} resume`,
  ];
};

/** Lets the coordinator suspend and resume the trigger, and see which of the two it is. */
const operating = (to: Deployment, task: TableRef): readonly Statement[] => {
  const coordinator = name(roleOf(to, 'coordinator'));
  const [database, schema] = task.split('.');
  return [
    sql('grant-raw-database')`grant usage on database ${name(database!)} to role ${coordinator}`,
    sql('grant-raw-schema')`grant usage on schema ${ident(`${database}.${schema}`)} to role ${coordinator}`,
    sql('grant-operate')`grant operate, monitor on task ${ident(task)} to role ${coordinator}`,
  ];
};

/**
 * Claims all waiting rows under one batch id when enough wait or the oldest waits too long, and nobody holds the trigger (a task that
 * was put in place anew runs, whoever held the old one), together with an outbox row;
 * then tells AWS of every batch that the coordinator has not heard of yet, so that a lost notification is told again.
 */
const createTriggerProcedure = (to: Deployment, parts: PipelineParts): Statement => {
  const names = objectNames(to, parts);
  const [outbox, log] = [ident(triggerOutbox(to.stage)), ident(batchLog(to.stage))];
  const pipeline = literal(parts.extract.pipeline);
  const claimedType = literal(BatchClaimed.type);
  return sql('create-trigger-procedure')`
    create or replace procedure ${ident(names.trigger)}(THRESHOLD_ROWS number, MAX_AGE_SECONDS number)
    returns varchar
    language sql
    execute as owner
    as
    $$
    declare
      waiting number default 0;
      age number default 0;
      batch varchar default '';
      told number default 0;
      held number default 0;
    begin
      select count(*), coalesce(datediff('second', min(STREAMED_AT), sysdate()), 0) into :waiting, :age
      from ${ident(names.streamed)} where BATCH_ID is null;

      select count(*) into :held
      from (
        select EVENT_TYPE from ${log}
        where BATCH_ID = ${literal(TRIGGER_STREAM)} and PIPELINE = ${pipeline}
          and EVENT_TYPE in (${literal(SuspendRequested.type)}, ${literal(ResumeRequested.type)})
        qualify row_number() over (partition by DETAIL:data:holder::varchar order by EVENT_TIME desc, EVENT_ID desc) = 1
      )
      where EVENT_TYPE = ${literal(SuspendRequested.type)};

      if (held = 0 and (waiting > THRESHOLD_ROWS or (waiting > 0 and age >= MAX_AGE_SECONDS))) then
        batch := to_char(sysdate(), 'YYYYMMDDHH24MISS') || '_' || upper(left(uuid_string(), 8));
        begin transaction;
        update ${ident(names.streamed)} set BATCH_ID = :batch, CLAIMED_AT = sysdate() where BATCH_ID is null;
        insert into ${outbox} (EVENT_ID, PIPELINE, BATCH_ID, SOURCE, DOCUMENTS, CLAIMED_AT)
        select uuid_string(), ${pipeline}, :batch, ${literal(names.streamed)}, count(*), sysdate()
        from ${ident(names.streamed)} where BATCH_ID = :batch;
        commit;
      end if;

      for notice in (
        select to_json(object_construct(
          'source', ${literal(BatchClaimed.source)},
          'detail-type', ${claimedType},
          'detail', object_construct(
            'id', o.EVENT_ID,
            'time', to_char(o.CLAIMED_AT, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
            'pipeline', o.PIPELINE,
            'batchId', o.BATCH_ID,
            'attempt', 1,
            'causationId', parse_json('null'),
            'traceId', o.BATCH_ID,
            'data', object_construct('source', o.SOURCE, 'documents', o.DOCUMENTS)
          )
        )) as MESSAGE
        from ${outbox} o
        where o.PIPELINE = ${pipeline} and o.CLAIMED_AT > dateadd('day', -7, sysdate())
          and not exists (select 1 from ${log} l where l.BATCH_ID = o.BATCH_ID and l.EVENT_TYPE = ${claimedType})
      ) do
        let message varchar := notice.MESSAGE;
        ${tell(to, parts)};
        told := told + 1;
      end for;
      return waiting || ' rows waited, ' || told || ' batches told';
    exception
      when other then
        rollback;
        raise;
    end
    $$
  `;
};
