import type { StatementContext } from '../../session/command.ts';
import { contextVariables } from '../../session/context-variables.ts';
import { columnDefaults } from '../../session/plan.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { duckType } from '../column-types.ts';
import { unsupported } from '../errors.ts';
import { alterObject } from '../lifecycle.ts';
import type { DeclaredColumn, Key, TableDetails } from '../object.ts';
import { refuseDropped, withMasking } from '../../policies/policy-object.ts';
import { rebuild } from '../rebuild.ts';
import { checkNoNull, retyped } from './alter-columns.ts';

/** What a statement declares a table to be. */
export interface Declaration {
  readonly columns: readonly DeclaredColumn[];
  readonly keys: readonly Key[];
  readonly comment: string;
  readonly clusterBy: string | undefined;
}

/** Brings a table that is there to the columns that are declared: columns of the same name keep their values, others go and come. */
export const alterToDeclared = (
  context: StatementContext,
  path: readonly string[],
  { columns: given, keys, comment, clusterBy }: Declaration,
): Promise<Outcome> =>
  alterObject<TableDetails>(context, 'TABLE', path, async (table, run) => {
    if (given.some(({ masking }) => masking !== undefined)) throw unsupported('CREATE OR ALTER TABLE with policies');
    refuseDropped(
      table.details,
      table.details.columns.flatMap(({ name }) => (given.some((one) => one.name === name) ? [] : [name])),
    );
    const columns = withMasking(given, table.details);
    const old = new Map(table.details.columns.map((column) => [column.name, column]));
    for (const column of columns) {
      const before = old.get(column.name);
      if (before) checkChange(before, column);
      else if (column.autoincrement) throw unsupported('CREATE OR ALTER TABLE that adds an AUTOINCREMENT column');
    }
    for (const { name, nullable } of columns)
      if (nullable === false && old.get(name)?.nullable === true) await checkNoNull(run, table.details, name);
    const { clusterBy: _clustering, keys: _keys, ...rest } = table.details;
    const declared = {
      ...rest,
      ...(clusterBy && { clusterBy }),
      ...(keys.length > 0 && { keys }),
    };
    const preamble = contextVariables(
      columnDefaults(columns),
      context.session,
      context.statement.text,
      context.startedAt,
    );
    if (preamble !== undefined) await run(preamble);
    const details = sameRows(table.details.columns, columns)
      ? { ...declared, columns }
      : await rebuild(run, declared, columns, ({ name, defaultSql }) =>
          old.has(name) ? quoteIdentifier(name) : (defaultSql ?? 'NULL'),
        );
    return { ...table, comment, details };
  }).then(() => status(`${path.at(-1)!} successfully altered.`));

const checkChange = (before: DeclaredColumn, after: DeclaredColumn): void => {
  retyped(before, after);
  const steps = ({ autoincrement }: DeclaredColumn): string => JSON.stringify(autoincrement ?? null);
  if (steps(before) !== steps(after)) throw unsupported('CREATE OR ALTER TABLE that changes AUTOINCREMENT');
};

/** Whether what holds the rows may stay as it is. */
const sameRows = (before: readonly DeclaredColumn[], after: readonly DeclaredColumn[]): boolean => {
  const shape = (columns: readonly DeclaredColumn[]): string =>
    JSON.stringify(
      columns.map((column) => [column.name, duckType(column), column.nullable !== false, column.defaultSql]),
    );
  return shape(before) === shape(after);
};
