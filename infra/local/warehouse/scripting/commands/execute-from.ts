import { buffer } from 'node:stream/consumers';
import { notFound, unsupported } from '../../catalog/errors.ts';
import { SnowflakeError } from '../../contract.ts';
import type { StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { splitStatements } from '../../sql/split.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { locate } from '../../stages/stage-access.ts';
import { parseStageReference } from '../../stages/stage-reference.ts';

/** EXECUTE IMMEDIATE FROM a staged file: its statements one after the other; the last one's result is the result. */
export const executeFrom = async (context: StatementContext, cursor: Cursor): Promise<Outcome> => {
  cursor.expect('FROM');
  const token = cursor.next();
  if (token.kind === 'string' && !token.value.startsWith('@'))
    throw unsupported('relative paths in EXECUTE IMMEDIATE FROM');
  if (token.kind !== 'stage' && token.kind !== 'string') throw unexpected(token);
  if (cursor.at('USING')) throw unsupported('Jinja templates in EXECUTE IMMEDIATE FROM');
  if (cursor.at('DRY_RUN')) throw unsupported('DRY_RUN of EXECUTE IMMEDIATE FROM');
  cursor.finish();
  const reference = parseStageReference(token.value.replace(/^@/, ''));
  const { store, prefix } = locate(context.session, reference);
  if ((await store.find(prefix)) === undefined) throw notFound('OBJECT', [`@${token.value.replace(/^@/, '')}`]);
  const text = (await buffer(await store.open(prefix))).toString('utf8');
  if (/^\s*--!\s*jinja/i.test(text)) throw unsupported('Jinja templates in EXECUTE IMMEDIATE FROM');
  let outcome = status('Statement executed successfully.');
  for (const statement of splitStatements(text)) {
    try {
      outcome = await context.execute(statement.text);
    } catch (error) {
      throw error instanceof SnowflakeError ? inFile(error, prefix, statement.tokens[0]!) : error;
    }
  }
  return outcome;
};

const inFile = (
  { code, sqlState, message }: SnowflakeError,
  file: string,
  { line, position }: { line: number; position: number },
): SnowflakeError =>
  code === '000604'
    ? new SnowflakeError(code, sqlState, message)
    : new SnowflakeError(
        code,
        sqlState,
        `Uncaught exception of type 'STATEMENT_ERROR' in file ${file.split('/').at(-1)} on line ${line} at position ${position}:\n${message}`,
      );
