import { batchLog, triggerOutbox } from '../../../services/coordinator/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { accountNames, objectNames, type Deployment, type PipelineParts } from '../deployment.ts';

type Kind = 'table' | 'file format' | 'stage' | 'stream' | 'procedure' | 'task';

/**
 * Makes a role the owner of an object that is there, where it is: a stream keeps its place, and whoever was granted something keeps it.
 * A task has to stand still for it.
 */
export const handOver = (kind: Kind, object: string, role: string, takes = ''): readonly Statement[] => [
  ...(kind === 'task' ? [sql('suspend-task')`alter task ${ident(object)} suspend`] : []),
  sql('hand-over')`
    grant ownership on ${trusted(kind)} ${ident(object)}${trusted(takes)} to role ${name(role)} copy current grants
  `,
];

/**
 * The roles that what moves documents belongs to; nobody logs in by them. The loader's role owns what documents land in, the trigger's the
 * stream, the tasks and the procedure: tasks run with the rights of their owner, which are these, and not those of whoever applies.
 */
export const owners = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  const { loader, trigger, warehouse } = accountNames(to);
  const names = objectNames(to, parts);
  const [raw, log] = [names.table, batchLog(to.stage)];
  const schemasOf = (tables: readonly string[]): string[] => [
    ...new Set(tables.map((it) => it.split('.').slice(0, 2).join('.'))),
  ];
  const grant = (what: string, on: Fragment, role = trigger): Statement =>
    sql('grant-to-owner')`grant ${trusted(what)} on ${on} to role ${name(role)}`;
  const reaching = (role: string, tables: readonly string[]): Statement[] => [
    ...[...new Set(tables.map((it) => it.split('.')[0]!))].map((it) =>
      grant('usage', fragment`database ${name(it)}`, role),
    ),
    ...schemasOf(tables).map((it) => grant('usage', fragment`schema ${ident(it)}`, role)),
    grant('usage', fragment`warehouse ${name(warehouse)}`, role),
  ];
  return [
    ...[loader, trigger].flatMap((it) => [
      sql('create-role')`create role if not exists ${name(it)}`,
      // Whoever applies goes on looking after what is handed over.
      sql('grant-to-operator')`grant role ${name(it)} to role ${name(to.operatorRole ?? 'SYSADMIN')}`,
    ]),
    ...reaching(loader, [raw]),
    grant('usage', fragment`integration ${name(to.storageIntegration)}`, loader),
    ...handOver('file format', names.lines, loader),
    ...handOver('stage', names.landing, loader),
    ...handOver('table', raw, loader),
    ...reaching(trigger, [raw, names.streamed, log]),
    sql('grant-execute-task')`grant execute task on account to role ${name(trigger)}`,
    grant('select', fragment`table ${ident(raw)}`),
    grant('select, insert, update', fragment`table ${ident(names.streamed)}`),
    grant('select, insert', fragment`table ${ident(triggerOutbox(to.stage))}`),
    grant('select', fragment`table ${ident(log)}`),
  ];
};
