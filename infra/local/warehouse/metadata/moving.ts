import { quoteString } from '../sql/string-literal.ts';
import type { SequenceDetails } from '../catalog/object.ts';
import type { PipeDetails } from '../pipes/pipe-object.ts';
import { pipePattern } from '../pipes/show-pipes.ts';
import { FORMAT_DEFAULTS, type FormatType } from '../stages/file-format.ts';
import { text as optionText } from '../stages/option-text.ts';
import type { FileFormatDetails, StageDetails } from '../stages/stage-object.ts';
import { objectsOf, placed, type Thing } from './things.ts';
import { number, viewOf, words, type Field, type Fields } from './virtual-view.ts';

const STAGE: Fields<Thing<StageDetails>> = {
  ...placed('STAGE'),
  STAGE_URL: words(({ details }) => details.url),
  STAGE_REGION: words(({ details }, { options }) => (details.url === undefined ? null : options.s3?.region)),
  STAGE_TYPE: words(({ details }) => (details.url === undefined ? 'Internal Named' : 'External Named')),
  STORAGE_INTEGRATION: words(({ details }) => details.integration),
};

const PIPE: Fields<Thing<PipeDetails>> = {
  ...placed('PIPE'),
  DEFINITION: words(({ details }) => details.copy),
  IS_AUTOINGEST_ENABLED: words(({ details }) => (details.autoIngest ? 'YES' : 'NO')),
  PATTERN: words(({ details }) => pipePattern(details)),
};

const OPTIONS = `RECORD_DELIMITER FIELD_DELIMITER SKIP_HEADER DATE_FORMAT TIME_FORMAT TIMESTAMP_FORMAT BINARY_FORMAT ESCAPE ESCAPE_UNENCLOSED_FIELD
  TRIM_SPACE FIELD_OPTIONALLY_ENCLOSED_BY NULL_IF COMPRESSION ERROR_ON_COLUMN_COUNT_MISMATCH`;

const typeOf = ({ options }: FileFormatDetails): FormatType => optionText(options['TYPE'] ?? 'CSV') as FormatType;

const option = (name: string): Field<Thing<FileFormatDetails>> =>
  (name === 'SKIP_HEADER' ? number : words)(({ details }) => {
    const value = { ...FORMAT_DEFAULTS[typeOf(details)], ...details.options }[name];
    return value === undefined ? null : optionText(value);
  });

const FILE_FORMAT: Fields<Thing<FileFormatDetails>> = {
  ...placed('FILE_FORMAT'),
  FILE_FORMAT_TYPE: words(({ details }) => typeOf(details)),
  ...Object.fromEntries(OPTIONS.split(/\s+/).map((name) => [name, option(name)])),
};

/** DuckDB text of the value that a sequence gives next. */
const nextValue = ({ physical, start, step }: SequenceDetails): string =>
  `(SELECT CAST(coalesce(last_value + ${step}, ${start}) AS VARCHAR) FROM duckdb_sequences() WHERE ${quoteString(physical)} IN (sequence_name, '"' || schema_name || '"."' || sequence_name || '"'))`;

const SEQUENCE: Fields<Thing<SequenceDetails>> = {
  ...placed('SEQUENCE'),
  DATA_TYPE: words(() => 'NUMBER'),
  NUMERIC_PRECISION: number(() => 38),
  NUMERIC_PRECISION_RADIX: number(() => 10),
  NUMERIC_SCALE: number(() => 0),
  START_VALUE: words(({ details }) => String(details.start)),
  NEXT_VALUE: words(({ details }) => ({ sql: nextValue(details) })),
  INCREMENT: words(({ details }) => String(details.step)),
  CYCLE_OPTION: words(() => 'NO'),
  ORDERED: words(() => 'NO'),
};

/** Views of INFORMATION_SCHEMA that list what moves data. */
export const MOVING_VIEWS = {
  STAGES: viewOf(
    'STAGE_CATALOG STAGE_SCHEMA STAGE_NAME STAGE_URL STAGE_REGION STAGE_TYPE STAGE_OWNER COMMENT CREATED LAST_ALTERED',
    STAGE,
    objectsOf<StageDetails>('STAGE'),
  ),
  PIPES: viewOf(
    `PIPE_CATALOG PIPE_SCHEMA PIPE_NAME PIPE_OWNER DEFINITION IS_AUTOINGEST_ENABLED NOTIFICATION_CHANNEL_NAME CREATED LAST_ALTERED
     COMMENT PATTERN`,
    PIPE,
    objectsOf<PipeDetails>('PIPE'),
  ),
  FILE_FORMATS: viewOf(
    `FILE_FORMAT_CATALOG FILE_FORMAT_SCHEMA FILE_FORMAT_NAME FILE_FORMAT_OWNER FILE_FORMAT_TYPE ${OPTIONS} CREATED LAST_ALTERED COMMENT`,
    FILE_FORMAT,
    objectsOf<FileFormatDetails>('FILE FORMAT'),
  ),
  SEQUENCES: viewOf(
    `SEQUENCE_CATALOG SEQUENCE_SCHEMA SEQUENCE_NAME SEQUENCE_OWNER DATA_TYPE NUMERIC_PRECISION NUMERIC_PRECISION_RADIX NUMERIC_SCALE
     START_VALUE MINIMUM_VALUE MAXIMUM_VALUE NEXT_VALUE INCREMENT CYCLE_OPTION CREATED LAST_ALTERED ORDERED COMMENT`,
    SEQUENCE,
    objectsOf<SequenceDetails>('SEQUENCE'),
  ),
};

/** The same of ACCOUNT_USAGE. */
export const MOVING_OF_ACCOUNT = {
  STAGES: viewOf(
    `STAGE_ID STAGE_NAME STAGE_SCHEMA_ID STAGE_SCHEMA STAGE_CATALOG_ID STAGE_CATALOG STAGE_URL STAGE_REGION STAGE_TYPE STAGE_OWNER COMMENT
     CREATED LAST_ALTERED DELETED OWNER_ROLE_TYPE INSTANCE_ID STORAGE_INTEGRATION`,
    STAGE,
    objectsOf<StageDetails>('STAGE'),
  ),
  PIPES: viewOf(
    `PIPE_ID PIPE_NAME PIPE_SCHEMA_ID PIPE_SCHEMA PIPE_CATALOG_ID PIPE_CATALOG IS_AUTOINGEST_ENABLED NOTIFICATION_CHANNEL_NAME PIPE_OWNER
     DEFINITION CREATED LAST_ALTERED COMMENT PATTERN DELETED OWNER_ROLE_TYPE`,
    PIPE,
    objectsOf<PipeDetails>('PIPE'),
  ),
};
