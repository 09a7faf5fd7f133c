import type { Column, SnowflakeError } from '../contract.ts';
import { TEXT_LENGTH } from '../engine/wire-columns.ts';
import type { Chunk, Outcome } from '../session/outcome.ts';
import type { QueryRecord } from '../session/query-history.ts';
import type { Session } from '../session/session.ts';
import { printer } from './printed-json.ts';

/** What every answer of the protocol looks like. */
export interface Answer {
  readonly success: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly data: unknown;
}

const IN_PROGRESS = '333333';
const IN_PROGRESS_ASYNC = '333334';

export const succeeded = (data: unknown): Answer => ({ success: true, code: null, message: null, data });

export const failed = (code: string, message: string, data: unknown = null): Answer => ({
  success: false,
  code,
  message,
  data,
});

/** A statement's error, with its place where it has one. */
export const failedQuery = (error: SnowflakeError, queryId: string): Answer =>
  failed(error.code, error.message, {
    internalError: false,
    errorCode: error.code,
    sqlState: error.sqlState,
    queryId,
    age: 0,
    type: 'COMPILATION',
    ...(error.line !== undefined && { line: error.line, pos: error.position }),
  });

/** The statement goes on: ask there for its result. */
export const inProgress = (record: QueryRecord, asynchronous: boolean): Answer => ({
  success: true,
  code: asynchronous ? IN_PROGRESS_ASYNC : IN_PROGRESS,
  message: 'Query execution in progress.',
  data: { queryId: record.id, getResultUrl: `/queries/${record.id}/result`, queryAbortsAfterSecs: 300 },
});

/** The bytes that a value takes at the most: four for each character, up to the most that any text takes. */
const byteLength = (type: Column['type'], length: number | undefined): number | null =>
  length === undefined ? null : type === 'text' ? Math.min(length * 4, TEXT_LENGTH) : length;

/** A finished statement's result as the driver reads it. */
export const resultOf = (record: QueryRecord, outcome: Outcome, session: Session, baseUrl: string): Answer => {
  const print = {
    indent: session.parameters.number('JSON_INDENT'),
    strict: session.parameters.flag('STRICT_JSON_OUTPUT'),
  };
  const printed = printer(outcome.columns, print);
  const returned = outcome.rows.length + outcome.chunks.reduce((sum, { rows }) => sum + rows, 0);
  return succeeded({
    queryId: record.id,
    parameters: session.parameters.wire(),
    rowtype: outcome.columns.map(({ name, type, nullable, precision, scale, length }) => ({
      name,
      type,
      nullable: nullable ?? true,
      precision: precision ?? null,
      scale: scale ?? (type.startsWith('time') ? 9 : null),
      length: length ?? null,
      byteLength: byteLength(type, length),
      database: '',
      schema: '',
      table: '',
      collation: null,
    })),
    rowset: printed ? outcome.rows.map(printed) : outcome.rows,
    total: returned,
    returned,
    statementTypeId: outcome.statementType,
    version: 1,
    sqlState: '00000',
    queryResultFormat: 'json',
    finalDatabaseName: session.database ?? null,
    finalSchemaName: session.schema ?? null,
    finalWarehouseName: session.currentWarehouse ?? null,
    finalRoleName: session.role,
    ...outcome.transfer,
    ...(record.children && {
      resultIds: record.children.join(','),
      resultTypes: record.children.map(() => '0').join(','),
    }),
    ...(outcome.chunks.length > 0 && {
      chunks: outcome.chunks.map((chunk, i) =>
        chunkOf(chunk, `${baseUrl}/results/${record.id}/${i}?indent=${print.indent}&strict=${print.strict}`),
      ),
      chunkHeaders: {},
    }),
  });
};

const chunkOf = ({ rows, bytes }: Chunk, url: string): object => ({
  url,
  rowCount: rows,
  uncompressedSize: bytes,
  compressedSize: bytes,
});
