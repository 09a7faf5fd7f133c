import { SnowflakeError } from '../contract.ts';
import type { Run } from '../engine/duck.ts';
import type { Session } from '../session/session.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { StagedFile } from '../stages/file-store.ts';
import { convert } from './convert.ts';
import type { CopyError } from './copy-error.ts';
import type { OnError } from './copy-options.ts';
import type { CopyPlan } from './copy-plan.ts';
import type { FileResult } from './file-result.ts';
import { Slot } from './slot.ts';
import { SLOT } from './staged-names.ts';
import { stageFile } from './stage-file.ts';

/** Files read and converted, ready to be put into their table by one statement. */
export interface Converted {
  readonly results: readonly FileResult[];
  /** Inserts the rows, in whatever transaction `run` stands for; may be done again. */
  insert(run: Run): Promise<number>;
  close(): Promise<void>;
}

/** Reads and converts files outside of any transaction; with ON_ERROR = ABORT_STATEMENT the first bad record ends it. */
export const convertFiles = async (
  session: Session,
  plan: CopyPlan,
  files: readonly StagedFile[],
): Promise<Converted> => {
  const slot = await Slot.open(session, plan.width);
  try {
    await slot.prepare(plan.columns);
    const results: FileResult[] = [];
    for (const [id, file] of files.entries()) results.push(await convertFile(session, slot, plan, id, file));
    const columns = plan.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
    const sql = slot.text(
      `INSERT INTO ${plan.table.details.physical} (${columns}) SELECT ${columns} FROM ${SLOT}.main.converted`,
    );
    const insert = async (run: Run): Promise<number> => {
      if (plan.defaults !== undefined) await run(plan.defaults);
      return (await run(sql)).rowsChanged;
    };
    return { results, insert, close: () => slot.close() };
  } catch (error) {
    await slot.close();
    throw error;
  }
};

const convertFile = async (
  session: Session,
  slot: Slot,
  plan: CopyPlan,
  id: number,
  file: StagedFile,
): Promise<FileResult> => {
  const { store } = plan.location;
  const { onError } = plan.options;
  const address = store.root + file.key;
  const errors: CopyError[] = [];
  const range = await stageFile(slot, id, store, file, plan, session.warehouse.clock(), (error) => errors.push(error));
  const parsed = range.to - range.from + 1 + errors.length;
  const enough = (): boolean => onError.kind === 'continue' || errors.length < limitOf(onError, parsed);
  await convert(slot, plan.conversion, id, range, (error) => {
    errors.push(error);
    return enough();
  });
  await slot.clear();
  if (errors.length > 0 && onError.kind === 'abort') throw aborted(first(errors)!, address);
  const skipped = errors.length > 0 && !enough();
  if (skipped) await slot.run(`DELETE FROM ${SLOT}.main.converted WHERE "@file" = ${id}`);
  const loaded = skipped ? 0 : parsed - errors.length;
  return {
    file,
    address,
    status: errors.length === 0 ? 'LOADED' : loaded > 0 ? 'PARTIALLY_LOADED' : 'LOAD_FAILED',
    parsed,
    loaded,
    errors: errors.length,
    errorLimit: limitOf(onError, parsed),
    firstError: first(errors),
    allErrors: errors.toSorted((a, b) => a.line - b.line),
  };
};

const limitOf = (onError: OnError, parsed: number): number => {
  if (onError.kind === 'continue') return parsed;
  if (onError.kind === 'abort') return 1;
  return Math.max(1, onError.percent ? Math.ceil((onError.errors * parsed) / 100) : onError.errors);
};

const first = (errors: readonly CopyError[]): CopyError | undefined => errors.toSorted((a, b) => a.line - b.line)[0];

const aborted = ({ code, sqlState, message, line, character, column }: CopyError, address: string): SnowflakeError =>
  new SnowflakeError(
    code,
    sqlState,
    `${message}\n  File '${address}', line ${line}, character ${character}\n  Row ${line}${column === null ? '' : `, column ${column}`}\n  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a SQL client.`,
  );
