import { unsupported } from '../catalog/errors.ts';
import { SnowflakeError } from '../contract.ts';
import { columnOf } from '../engine/wire-columns.ts';
import { bindInOrder, duckValue } from '../session/binds.ts';
import { collect } from '../session/collect.ts';
import type { Command, StatementContext } from '../session/command.ts';
import { contextVariables } from '../session/context-variables.ts';
import { STATEMENT_TYPE, type Outcome } from '../session/outcome.ts';
import { scopeOf } from '../session/plan.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Token } from '../sql/token.ts';
import { hasHeader } from '../stages/file-format.ts';
import { misplacedHeader } from './copy-plan.ts';
import { resolveFormat } from '../stages/resolve-format.ts';
import { locate } from '../stages/stage-access.ts';
import { parseStageReference } from '../stages/stage-reference.ts';
import { translate } from '../translation/translate.ts';
import { chooseFiles } from './choose-files.ts';
import type { CopyError } from './copy-error.ts';
import { isStage } from './parse-copy.ts';
import { Slot } from './slot.ts';
import { stageFile } from './stage-file.ts';
import { StagedNames, stagedRelation } from './staged-names.ts';
import { stageArguments, stagedQuery } from './staged-query.ts';

/** Functions that take a stage, not its files' records. */
const FILE_FUNCTIONS =
  /^(?:DIRECTORY|GET_(?:PRESIGNED_URL|STAGE_LOCATION|(?:RELATIVE|ABSOLUTE)_PATH)|BUILD_(?:SCOPED|STAGE)_FILE_URL|TO_FILE)$/;

/** `SELECT $1, ... FROM @stage`: reads the files anew each time; a record that cannot be read ends the query. */
export const selectFromStage: Command = {
  matches: (words, tokens) =>
    (words[0] === 'SELECT' || words[0] === 'WITH') && tokens.some(({ kind }) => kind === 'stage'),
  run: async (context) => {
    const { session, statement } = context;
    const { text, tokens } = statement;
    const own = tokens.slice(0, -1);
    const called = own.find(
      ({ kind, value }, i) => kind === 'word' && FILE_FUNCTIONS.test(value) && own[i + 1]?.text === '(',
    );
    if (called !== undefined) throw unsupported(called.value);
    if (own.some((token, i) => token.text === '*' && ['SELECT', ',', '.'].includes(own[i - 1]?.value ?? '')))
      throw unsupported('SELECT * FROM a stage');
    const query = stagedQuery(own, text, tokens[0]!.start);
    const { fileFormat, pattern } = stageArguments(own);
    const location = locate(session, parseStageReference(stageToken(own).value.replace(/^@/, '')));
    const format = resolveFormat(session, fileFormat ?? location.stage?.details.format ?? {});
    if (hasHeader(format)) throw misplacedHeader();
    const files = await chooseFiles(location, { files: undefined, pattern });
    const slot = await Slot.open(session, query.width);
    try {
      for (const [id, file] of files.entries()) {
        await stageFile(
          slot,
          id,
          location.store,
          file,
          { format, fieldCount: undefined },
          session.warehouse.clock(),
          refuse(location.store.root + file.key),
        );
      }
      return await run(
        context,
        slot,
        query.text,
        new StagedNames(scopeOf(session), [stagedRelation(format, query.width)]),
      );
    } finally {
      await slot.close();
    }
  },
};

const stageToken = (tokens: readonly Token[]): Token => {
  const found = tokens.filter(isStage);
  if (found.length > 1) throw unsupported('a query over several stages');
  return found[0]!;
};

const refuse =
  (address: string) =>
  ({ message, line, character, code, sqlState }: CopyError): never => {
    throw new SnowflakeError(code, sqlState, `${message}\n  File '${address}', line ${line}, character ${character}`);
  };

const run = async (
  { session, warehouse, statement, binds, startedAt, queryId }: StatementContext,
  slot: Slot,
  text: string,
  names: StagedNames,
): Promise<Outcome> => {
  const bound = bindInOrder({ text, tokens: tokenize(text) }, binds);
  const { statements, columns } = translate(bound.text, names);
  const preamble = contextVariables(statements, session, statement.text, startedAt);
  const values = bound.values.map(duckValue);
  return session.transactions.read([...names.touched.keys()], false, async (duck) => {
    if (preamble !== undefined) await duck(preamble);
    await duck('SET VARIABLE staged_from = 0; SET VARIABLE staged_to = 9223372036854775807');
    for (const sql of statements.slice(0, -1)) await duck(slot.text(sql), values);
    const result = await session.duck.stream(slot.text(statements.at(-1)!), values);
    const found = result.columnNames().map((name, i) => ({ ...columnOf(name, result.columnType(i)), ...columns?.[i] }));
    const { rows, chunks } = await collect(result, warehouse.history.directory, queryId);
    return { columns: found, rows, chunks, statementType: STATEMENT_TYPE.select };
  });
};
