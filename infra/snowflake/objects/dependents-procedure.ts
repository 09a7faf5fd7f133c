import { dependentsProcedure } from '../../../services/coordinator/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Deployment, PipelineParts } from '../deployment.ts';
import type { Published } from './published-tables.ts';

/**
 * Tells what hangs on the tables that a backfill publishes: streams, grants, views, policies. It looks with its owner's eyes, for the
 * coordinator's role sees but its own part; what even the owner may not see is told as unseen, with the reason.
 */
export const createDependents = (to: Deployment, parts: PipelineParts, tables: readonly Published[]): Statement => {
  const databases = [...new Set(tables.map(({ live }) => live.split('.')[0]!))];
  const looks = tables.map(({ live }) => {
    const [, , table] = live.split('.');
    const views = databases.map(
      (it) => fragment`
            select ${literal(it)} || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from ${name(it)}.INFORMATION_SCHEMA.VIEWS`,
    );
    const database = live.split('.')[0]!;
    return fragment`
        UNSEEN := array_construct();
        ${seen(
          'streams',
          'STREAMS',
          fragment`
          show streams in account;
          select array_agg("database_name" || '.' || "schema_name" || '.' || "name") into :STREAMS
          from table(result_scan(last_query_id())) where replace("table_name", '"', '') = ${literal(live)};`,
        )}
        ${seen(
          'grants',
          'GRANTS',
          fragment`
          show grants on table ${ident(live)};
          select array_agg("privilege" || ' to ' || "grantee_name") into :GRANTS from table(result_scan(last_query_id()));`,
        )}
        ${seen(
          'views',
          'VIEWS',
          fragment`
          select array_agg(THIS) into :VIEWS from (${views.reduce(
            (all, it) => fragment`${all}
            union all${it}`,
          )}
          )
          where regexp_instr(upper(VIEW_DEFINITION), ${literal(`\\b${table!}\\b`)}) > 0;`,
        )}
        ${seen(
          'policies',
          'POLICIES',
          fragment`
          select array_agg(POLICY_KIND || ' ' || POLICY_NAME) into :POLICIES
          from table(${name(database)}.INFORMATION_SCHEMA.POLICY_REFERENCES(
            ref_entity_name => ${literal(ident(live).text)}, ref_entity_domain => 'TABLE'
          ));`,
        )}
        FOUND := object_insert(FOUND, ${literal(live)}, object_construct(
          'streams', array_sort(:STREAMS), 'grants', array_sort(:GRANTS), 'views', array_sort(:VIEWS),
          'policies', array_sort(:POLICIES), 'unseen', :UNSEEN
        ));`;
  });
  return sql('create-dependents-procedure')`
    create or replace procedure ${ident(dependentsProcedure(to.stage, parts.extract))}()
    returns variant
    language sql
    execute as owner
    as
    $$
    declare
      FOUND object default object_construct();
      STREAMS array default array_construct();
      GRANTS array default array_construct();
      VIEWS array default array_construct();
      POLICIES array default array_construct();
      UNSEEN array default array_construct();
    begin
      ${join(looks, '\n')}
      return FOUND;
    end
    $$
  `;
};

/** One look, which may fail without the others. */
const seen = (what: string, variable: string, look: Fragment): Fragment => fragment`
        ${trusted(variable)} := array_construct();
        begin${look}
        exception
          when other then
            UNSEEN := array_append(UNSEEN, ${literal(`${what}: `)} || sqlerrm);
        end;`;
