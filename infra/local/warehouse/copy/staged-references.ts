import { unsupported } from '../catalog/errors.ts';
import { SnowflakeError } from '../contract.ts';
import type { Rewritten, StatementContext } from '../session/command.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Token } from '../sql/token.ts';
import { hasHeader } from '../stages/file-format.ts';
import { resolveFormat } from '../stages/resolve-format.ts';
import { locate } from '../stages/stage-access.ts';
import { parseStageReference } from '../stages/stage-reference.ts';
import { chooseFiles } from './choose-files.ts';
import type { CopyError } from './copy-error.ts';
import { misplacedHeader } from './copy-plan.ts';
import { isStage } from './parse-copy.ts';
import { Slot } from './slot.ts';
import { stageFile } from './stage-file.ts';
import { stagedRelation } from './staged-names.ts';
import { stageArguments, stagedQuery } from './staged-query.ts';

const READERS = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);
const FROM = new Set(['FROM', 'JOIN', 'USING']);

/** Functions that take a stage, not its files' records. */
const FILE_FUNCTIONS =
  /^(?:GET_(?:PRESIGNED_URL|STAGE_LOCATION|(?:RELATIVE|ABSOLUTE)_PATH)|BUILD_(?:SCOPED|STAGE)_FILE_URL|TO_FILE)$/;

/** Where stages stand in FROM, as indices of tokens. */
const stagesIn = (tokens: readonly Token[]): number[] =>
  tokens.flatMap((token, i) => (isStage(token) && FROM.has(tokens[i - 1]?.value ?? '') ? [i] : []));

/** A statement that reads files as tables, with what holds their rows until it has run. */
export interface StagedStatement extends Rewritten {
  close(): Promise<void>;
}

/**
 * Reads the files of all stages in a statement's FROM, anew each time, and puts tables of their rows in the place of the stages; undefined
 * if it has none. A record that cannot be read ends the statement.
 */
export const stagedReferences = async (
  context: StatementContext,
  words: readonly string[],
): Promise<StagedStatement | undefined> => {
  const { session, statement, binds } = context;
  const tokens = statement.tokens.filter(({ kind }) => kind !== 'end');
  if (!READERS.has(words[0] ?? '') && tokens[0]?.text !== '(' && words.slice(0, 2).join(' ') !== 'CREATE TABLE')
    return undefined;
  const called = tokens.find(
    ({ kind, value }, i) => kind === 'word' && FILE_FUNCTIONS.test(value) && tokens[i + 1]?.text === '(',
  );
  if (called !== undefined && tokens.some(({ kind }) => kind === 'stage')) throw unsupported(called.value);
  const places = stagesIn(tokens);
  if (places.length === 0) return undefined;
  if (places.some((place) => readsAll(tokens, place))) throw unsupported('SELECT * FROM a stage');
  const names = new Map(places.map((place, n) => [place, `@STAGED ${n + 1}`]));
  const query = stagedQuery(tokens, statement.text, statement.tokens[0]!.start, (place) => names.get(place));
  const slots: Slot[] = [];
  const close = async (): Promise<void> => {
    session.staged.clear();
    session.epoch += 1;
    for (const slot of slots) await slot.close();
  };
  try {
    for (const [place, name] of names) {
      const { slot, format } = await filled(context, tokens, place, query.width, slots);
      const relation = stagedRelation(format, query.width, name);
      session.staged.set(name, { ...relation, read: slot.text(relation.read) });
    }
    // All records of the slots, not a range of them as COPY takes.
    await session.duck.run('SET VARIABLE staged_from = 0; SET VARIABLE staged_to = 9223372036854775807');
  } catch (error) {
    await close();
    throw error;
  }
  return { statement: { text: query.text, tokens: tokenize(query.text) }, binds, close };
};

const filled = async (
  { session }: StatementContext,
  tokens: readonly Token[],
  place: number,
  width: number,
  slots: Slot[],
) => {
  const { fileFormat, pattern } = stageArguments(tokens, place);
  const location = locate(session, parseStageReference(tokens[place]!.value.replace(/^@/, '')));
  const format = resolveFormat(session, fileFormat ?? location.stage?.details.format ?? {});
  if (hasHeader(format)) throw misplacedHeader();
  const files = await chooseFiles(location, { files: undefined, pattern });
  const slot = await Slot.open(session, width);
  slots.push(slot);
  const intake = { format, fieldCount: undefined };
  for (const [id, file] of files.entries()) {
    const refused = refuse(location.store.root + file.key);
    await stageFile(slot, id, location.store, file, intake, session.warehouse.clock(), refused);
  }
  return { slot, format };
};

/** Whether the query that reads a stage selects everything. */
const readsAll = (tokens: readonly Token[], place: number): boolean => {
  for (let at = place - 1, depth = 0; at >= 0; at -= 1) {
    const { text, value } = tokens[at]!;
    if (text === ')') depth += 1;
    if (text === '(' && (depth -= 1) < 0) return false;
    if (depth === 0 && value === 'SELECT') return false;
    if (depth === 0 && text === '*' && ['SELECT', ',', '.'].includes(tokens[at - 1]?.value ?? '')) return true;
  }
  return false;
};

const refuse =
  (address: string) =>
  ({ message, line, character, code, sqlState }: CopyError): never => {
    throw new SnowflakeError(code, sqlState, `${message}\n  File '${address}', line ${line}, character ${character}`);
  };
