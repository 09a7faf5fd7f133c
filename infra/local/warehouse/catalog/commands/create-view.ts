import { baseOf } from '../../materialized-views/check-definition.ts';
import type { StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import { scopeOf } from '../../session/plan.ts';
import { displayIdentifier, quoteIdentifier } from '../../sql/identifier.ts';
import type { Statement } from '../../sql/split.ts';
import { closing } from '../../translation/prepare/edits.ts';
import { translate } from '../../translation/translate.ts';
import { checkColumnNames } from '../column-definition.ts';
import { createHead, type CreateHead } from '../create-head.ts';
import { alreadyExists, invalid, notFound } from '../errors.ts';
import { createObject, pathIn } from '../lifecycle.ts';
import { StatementNames } from '../names.ts';
import type { AttachedPolicy, DeclaredColumn, TableObject, ViewDetails } from '../object.ts';
import { checkAttached, parseMasking, parseRowAccess } from '../../policies/attach.ts';
import { parseProperties, propertyText } from '../properties.ts';
import { parenthesised, remainder } from './create-table.ts';

/** CREATE VIEW: the query is kept as written and understood anew wherever the view is used, in the view's own schema. */
export const createView = async (context: StatementContext, materialized = false): Promise<Outcome> => {
  const cursor = context.cursor();
  const head = createHead(cursor, materialized ? 'MATERIALIZED VIEW' : 'VIEW');
  const temporary = ['TEMPORARY', 'TEMP', 'VOLATILE'].some((word) => head.modifiers.has(word));
  const path = pathIn(context, head.name);
  let copyGrants = cursor.accept('COPY', 'GRANTS');
  const given = cursor.at('(')
    ? cursor.list(() => {
        const name = cursor.identifier();
        const masking = parseMasking(cursor, context, name);
        return { name, ...(masking && { masking }), ...(cursor.accept('COMMENT') && { comment: cursor.string() }) };
      })
    : undefined;
  let comment = '';
  let clusterBy: string | undefined;
  let changeTracking = false;
  let rowAccess: AttachedPolicy | undefined;
  for (;;) {
    const own = parseRowAccess(cursor, context);
    if (own !== undefined) rowAccess = own;
    else if (cursor.accept('COPY', 'GRANTS')) copyGrants = true;
    else if (materialized && cursor.accept('CLUSTER', 'BY')) clusterBy = parenthesised(cursor, context.statement);
    else if (cursor.at('CHANGE_TRACKING')) changeTracking = parseProperties(cursor)['CHANGE_TRACKING'] === true;
    else if (cursor.at('COMMENT')) comment = propertyText(parseProperties(cursor)['COMMENT']);
    else break;
  }
  cursor.expect('AS');
  const query = remainder(cursor, context.statement);
  if (query.tokens.some(({ kind }) => kind === 'bind'))
    throw invalid('Bind variables not allowed in view and UDF definitions.');
  const recursive = head.modifiers.has('RECURSIVE');
  if (recursive && given === undefined) throw invalid('A recursive view names its columns.');
  // It is the query of its name within itself.
  const name = quoteIdentifier(path[2]!);
  const text = recursive
    ? `WITH RECURSIVE ${name} (${given!.map((column) => quoteIdentifier(column.name)).join(', ')}) AS (${bare(query)}) SELECT * FROM ${name}`
    : query.text;
  const make = async (): Promise<ViewDetails> => {
    const base = materialized ? baseTable(context, path, text) : undefined;
    const details = {
      query: text,
      columns: await columnsOf(context, path, text, given),
      text: context.statement.text,
      secure: head.modifiers.has('SECURE'),
      ...(rowAccess && { rowAccess }),
      ...(changeTracking && { changeTracking }),
      ...(base && { materialized: { base: base.id, basePath: base.path, ...(clusterBy && { clusterBy }) } }),
    };
    checkAttached(context, details);
    return details;
  };
  if (temporary) return createTemporaryView(context, head, path, comment, await make());
  return createObject<ViewDetails>(context, {
    ...head,
    kind: 'VIEW',
    path,
    copyGrants,
    comment,
    make,
    ...(materialized && { createdAs: 'MATERIALIZED VIEW' }),
  });
};

/** A query's text without parentheses around all of it. */
const bare = ({ text, tokens }: Statement): string => {
  const last = tokens.findLastIndex(({ kind }) => kind !== 'end');
  if (tokens[0]?.text !== '(' || closing(tokens, 0) !== last) return text;
  return text.slice(tokens[0].end - tokens[0].start, tokens[last]!.start - tokens[0].start);
};

const baseTable = (context: StatementContext, path: readonly string[], query: string): TableObject => {
  const scope = { ...scopeOf(context.session), database: path[0], schema: path[1] };
  return baseOf(query, new StatementNames(scope), context.warehouse.catalog);
};

/** A view that only its session sees, until it ends. */
const createTemporaryView = async (
  { session, warehouse, startedAt }: StatementContext,
  { orReplace, ifNotExists }: CreateHead,
  path: readonly string[],
  comment: string,
  details: ViewDetails,
): Promise<Outcome> => {
  const key = path.join('\0');
  const name = displayIdentifier(path[2]!);
  if (warehouse.catalog.find('SCHEMA', path.slice(0, 2)) === undefined) throw notFound('SCHEMA', path.slice(0, 2));
  await session.transactions.commit();
  const taken = session.temporary.has(key) || session.temporaryViews.has(key);
  if (taken && ifNotExists) return status(`${name} already exists, statement succeeded.`);
  if (session.temporary.has(key) || (taken && !orReplace)) throw alreadyExists(path);
  const id = await warehouse.space.numbers.take();
  const createdOn = startedAt.toISOString();
  session.temporaryViews.set(key, { id, kind: 'VIEW', path, owner: session.role, comment, createdOn, details });
  session.epoch += 1;
  return status(`View ${path[2]!} successfully created.`);
};

const columnsOf = async (
  context: StatementContext,
  path: readonly string[],
  query: string,
  given: readonly Pick<DeclaredColumn, 'name' | 'comment' | 'masking'>[] | undefined,
): Promise<DeclaredColumn[]> => {
  const scope = { ...scopeOf(context.session), database: path[0], schema: path[1] };
  const { statements, columns, kind } = translate(query, new StatementNames(scope));
  if (kind !== 'select') throw invalid('A view is defined by a query.');
  const found = await context.session.duck.describe(statements.at(-1)!, []);
  if (given !== undefined && given.length !== found.length)
    throw invalid(`Invalid column definition list: ${given.length} columns for a query of ${found.length}.`);
  const declared = found.map((column, i) => ({ ...column, ...columns?.[i], nullable: true, ...given?.[i] }));
  checkColumnNames(declared);
  return declared;
};
