import { count } from '../../../shared/snowflake/warehouse.ts';
import { Json, toText, type Cell } from '../cells.ts';
import type { State } from '../flow/states.ts';
import type { Row } from '../session.ts';

/** Why a document is held. */
export interface Reason {
  readonly rule: string;
  readonly version?: string;
  readonly column?: string;
  readonly path?: string;
  readonly type?: string;
  readonly reason: string;
  readonly rows?: number;
}

/** A document that is or was in quarantine, without its text. */
export interface HeldDocument {
  readonly id: string;
  readonly pipeline: string;
  readonly state: State;
  readonly kind: string;
  readonly order: string | null;
  readonly file: string;
  readonly line: number;
  readonly batchId: string;
  readonly attempt: number;
  readonly stage: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly releasedAs: string | null;
  readonly rows: number;
  readonly reasons: readonly Reason[];
}

const textOf = (row: Row, column: string): string => toText(row[column] ?? null);
const maybe = (cell: Cell | undefined): string | null => (cell === null || cell === undefined ? null : toText(cell));
const time = (row: Row, column: string): string => textOf(row, column).slice(0, 19);

/** A row of the quarantine as the command line shows it. */
export const heldDocument = (pipeline: string, row: Row): HeldDocument => ({
  id: textOf(row, 'DOCUMENT_ID'),
  pipeline,
  state: textOf(row, 'STATE') as State,
  kind: textOf(row, 'KIND'),
  order: maybe(row['ORDER_KEY']),
  file: textOf(row, 'FILE_NAME'),
  line: count(row['FILE_ROW_NUMBER'] ?? null),
  batchId: textOf(row, 'BATCH_ID'),
  attempt: count(row['ATTEMPT'] ?? null),
  stage: textOf(row, 'STAGE'),
  firstSeen: time(row, 'FIRST_SEEN'),
  lastSeen: time(row, 'LAST_SEEN'),
  releasedAs: maybe(row['RELEASE_BATCH']),
  rows: count(row['ROWS_HELD'] ?? null),
  reasons: row['REASONS'] instanceof Json ? (JSON.parse(row['REASONS'].text) as Reason[]) : [],
});

/** A reason in one line: `QUANTITY (products[].quantity) is not a NUMBER(10,0), but VARCHAR`. */
export const reasonText = (it: Reason): string => {
  const about = [it.column, ...(it.path === undefined ? [] : [`(${it.path})`])].filter((part) => part !== undefined);
  const kind = it.rule === 'readable' && it.type !== undefined ? `, but ${it.type}` : '';
  return `${[...about, it.reason].join(' ')}${kind}`;
};
