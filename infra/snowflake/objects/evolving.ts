import { addColumnProcedure } from '../../../services/extract/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { objectNames, roleOf, type Deployment, type PipelineParts } from '../deployment.ts';

/**
 * The procedure that adds a column to the history of a pipeline that evolves. It runs with its owner's rights, and takes nothing but a
 * plain name with X_ in front: what documents call their fields never becomes SQL.
 */
export const evolving = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  if (parts.extract.drift !== 'evolve') return [];
  const procedure = addColumnProcedure(to.stage, parts.extract);
  const { history } = objectNames(to, parts);
  return [
    sql('create-add-column-procedure')`
      create or replace procedure ${ident(procedure)}(NAME varchar)
      returns varchar
      language sql
      execute as owner
      as
      $$
      begin
        if (not regexp_like(NAME, 'X_[A-Z0-9_]{1,100}')) then
          return 'refused';
        end if;
        execute immediate ${literal(`alter table ${ident(history).text} add column if not exists "`)} || NAME || '" varchar';
        return 'added';
      end
      $$
    `,
    sql('grant-procedure')`
      grant usage on procedure ${ident(procedure)}(varchar) to role ${name(roleOf(to, 'extract'))}
    `,
  ];
};
