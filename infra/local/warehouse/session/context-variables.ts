import { quoteString } from '../sql/string-literal.ts';
import type { Session } from './session.ts';

const NAMED = /getvariable\('(sf_\w+)'\)/g;

/** The DuckDB statement that sets what these texts read by getvariable; undefined where they read nothing of the session. */
export const contextVariables = (
  texts: readonly string[],
  session: Session,
  statement: string,
  now: Date,
): string | undefined => {
  const names = new Set(texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, name]) => name!)));
  const settings = [...names].flatMap((name) => {
    const value = valueOf(name, session, statement, now);
    return value === undefined ? [] : [`SET VARIABLE ${name} = ${value}`];
  });
  return settings.length > 0 ? settings.join('; ') : undefined;
};

const optional = (value: string | undefined): string => (value === undefined ? 'NULL::VARCHAR' : quoteString(value));

const valueOf = (name: string, session: Session, statement: string, now: Date): string | undefined => {
  switch (name) {
    case 'sf_now':
      return `TIMESTAMPTZ '${now.toISOString()}'`;
    case 'sf_user':
      return optional(session.user);
    case 'sf_role':
    case 'sf_invoker':
      return optional(session.role);
    case 'sf_warehouse':
      return optional(session.currentWarehouse);
    case 'sf_database':
      return optional(session.database);
    case 'sf_schema':
      return optional(session.schema);
    case 'sf_schemas':
      return optional(
        JSON.stringify(session.database && session.schema ? [`${session.database}.${session.schema}`] : []),
      );
    case 'sf_available_roles':
      return optional(JSON.stringify([...session.access.roles('available')].toSorted()));
    case 'sf_session_roles':
      return `[${[...session.access.roles('active')].map(quoteString).join(', ')}]::VARCHAR[]`;
    case 'sf_secondary_roles':
      return optional(
        session.secondaryRoles
          ? JSON.stringify({ roles: [...session.access.roles('available')].toSorted().join(','), value: 'ALL' })
          : JSON.stringify({ roles: '', value: '' }),
      );
    case 'sf_session':
      return optional(String(session.id));
    case 'sf_external':
      return optional(String(session.id));
    case 'sf_account':
      return optional('LOCAL');
    case 'sf_statement':
      return optional(statement);
    case 'sf_transaction':
      return optional(session.transactions.current?.number.toString());
    case 'sf_last_transaction':
      return optional(session.transactions.trail.lastEnded?.toString());
    case 'sf_client':
      return optional(session.client);
    case 'sf_query_tag':
      return optional(String(session.parameters.get('QUERY_TAG')) || undefined);
    case 'sf_week_start':
      return String(session.parameters.number('WEEK_START'));
    case 'sf_week_policy':
      return String(session.parameters.number('WEEK_OF_YEAR_POLICY'));
    case 'sf_merge_strict':
      return String(session.parameters.flag('ERROR_ON_NONDETERMINISTIC_MERGE'));
    case 'sf_update_strict':
      return String(session.parameters.flag('ERROR_ON_NONDETERMINISTIC_UPDATE'));
    case 'sf_query_ids':
      return `[${session.queryIds.toReversed().map(quoteString).join(', ')}]::VARCHAR[]`;
    default:
      // The frontier's sf_next and sf_active belong to the transaction, which sets them when it opens.
      return undefined;
  }
};
