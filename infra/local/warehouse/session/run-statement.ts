import { unsupported } from '../catalog/errors.ts';
import { Cursor } from '../sql/cursor.ts';
import type { Statement } from '../sql/split.ts';
import { procedureTables } from '../scripting/procedure-tables.ts';
import { queryTexts } from '../scripting/query-texts.ts';
import { unexpected } from '../sql/syntax-error.ts';
import { stagedReferences } from '../copy/staged-references.ts';
import type { Binds, Rewritten, StatementContext } from './command.ts';
import { leadingWords } from './leading-words.ts';
import { status, type Outcome } from './outcome.ts';
import { namedObjects } from './named-objects.ts';
import type { QueryRecord } from './query-history.ts';
import { settleMoments } from '../time-travel/settle-moments.ts';
import { runBulk } from './run-bulk.ts';
import type { RunOptions } from './run-options.ts';
import { describeTranslated, runTranslated } from './run-translated.ts';
import type { Session } from './session.ts';

/** Runs a statement inside another one. */
type Nest = (sql: string, binds: Binds) => Promise<Outcome>;

const NO_BINDS: Binds = { positional: [] };
const TRANSLATED = new Set(['SELECT', 'WITH', 'VALUES', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE']);
/** Commands that change nothing, so that describing their result may run them. */
const SAFE = new Set(['SHOW', 'DESCRIBE', 'DESC', 'LIST', 'LS']);

/** Runs one statement: by the command that knows it, else by way of translation. */
export const runStatement = async (
  session: Session,
  record: QueryRecord,
  statement: Statement,
  binds: Binds,
  options: RunOptions,
  nest: Nest,
): Promise<Outcome> => {
  const words = leadingWords(statement.tokens);
  const written = contextOf(session, record, statement, binds, nest);
  const settled = await settleMoments(written, words);
  const rewritten = (from: StatementContext, to: Rewritten | undefined): StatementContext =>
    to === undefined ? from : contextOf(session, record, to.statement, to.binds, nest);
  const moment = rewritten(written, settled);
  const expanded = rewritten(moment, await queryTexts(moment));
  const filled = rewritten(expanded, options.describeOnly ? undefined : await procedureTables(expanded));
  const staged = await stagedReferences(filled, words);
  try {
    return await dispatch(rewritten(filled, staged), words, statement, options);
  } finally {
    await staged?.close();
  }
};

const dispatch = async (
  context: StatementContext,
  words: readonly string[],
  statement: Statement,
  options: RunOptions,
): Promise<Outcome> => {
  const { session, binds } = context;
  const command = session.warehouse.commands.find((each) => each.matches(words, statement.tokens));
  if (command !== undefined) return options.describeOnly && !SAFE.has(words[0]!) ? status('') : command.run(context);
  if (TRANSLATED.has(words[0] ?? '') || statement.tokens[0]?.text === '(')
    return options.describeOnly
      ? describeTranslated(context)
      : binds.rows === undefined
        ? runTranslated(context)
        : runBulk(context, binds.rows);
  throw words.length > 1 && KNOWN.has(words[0]!) ? refused(words) : unexpected(statement.tokens[0]!);
};

const KNOWN = new Set([
  'CREATE',
  'ALTER',
  'DROP',
  'UNDROP',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'GRANT',
  'REVOKE',
  'COPY',
  'PUT',
  'GET',
  'LIST',
  'REMOVE',
  'CALL',
  'EXECUTE',
  'EXPLAIN',
  'COMMENT',
  'USE',
  'SET',
  'UNSET',
]);

const contextOf = (
  session: Session,
  record: QueryRecord,
  statement: Statement,
  binds: Binds,
  nest: Nest,
): StatementContext => ({
  session,
  warehouse: session.warehouse,
  statement,
  binds,
  queryId: record.id,
  startedAt: record.startedAt,
  cursor: () => new Cursor(namedObjects(statement.tokens, session, binds)),
  execute: (sql, nested = NO_BINDS) => nest(sql, nested),
  change: (spec, work) => session.transactions.change(spec, work),
  define: (locks, work) =>
    session.transactions.define(
      locks,
      locks.map(({ key }) => key),
      (run, transaction) =>
        work(
          run,
          session.warehouse.catalog.change(transaction, { at: record.startedAt, by: session.user }),
          transaction,
        ),
    ),
});

/** First words of kinds that have two. */
const PAIRED = new Set([
  'AGGREGATE',
  'AGGREGATION',
  'API',
  'APPLICATION',
  'AUTHENTICATION',
  'BACKUP',
  'BUILTIN',
  'CATALOG',
  'COMPUTE',
  'CORTEX',
  'DATA',
  'DATABASE',
  'DYNAMIC',
  'EVENT',
  'EXTERNAL',
  'FAILOVER',
  'FILE',
  'GIT',
  'HYBRID',
  'ICEBERG',
  'IMAGE',
  'JOIN',
  'MASKING',
  'MATERIALIZED',
  'NETWORK',
  'NOTIFICATION',
  'ORGANIZATION',
  'PACKAGES',
  'PASSWORD',
  'PRIVACY',
  'PROJECTION',
  'REPLICATION',
  'RESOURCE',
  'ROW',
  'SECURITY',
  'SEMANTIC',
  'SESSION',
  'STORAGE',
  'USER',
]);

/** First two words of kinds that have three. */
const THREE = new Set(['CORTEX SEARCH', 'DATA METRIC', 'EXTERNAL ACCESS', 'ROW ACCESS']);

const refused = (words: readonly string[]): Error => {
  const terse = words[1] === 'TERSE';
  const [verb, first = '', second] = terse ? [words[0], ...words.slice(2)] : words;
  const isName = verb !== 'SHOW' && second === 'IF';
  const length = THREE.has(`${first} ${second ?? ''}`) ? 4 : PAIRED.has(first) && !isName ? 3 : 2;
  return unsupported([verb, ...words.slice(terse ? 2 : 1)].slice(0, length).join(' '));
};
