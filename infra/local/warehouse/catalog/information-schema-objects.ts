import type { PipeDetails } from '../pipes/pipe-object.ts';
import { returnsText } from '../functions/described-function.ts';
import { pipePattern } from '../pipes/show-pipes.ts';
import type { Parameter, ProcedureDetails } from '../scripting/procedure-object.ts';
import { loadsOf } from '../copy/load-history.ts';
import type { FunctionDetails } from '../functions/function-object.ts';
import { integer, text, timestamp, type Cell } from '../session/outcome.ts';
import { FORMAT_DEFAULTS } from '../stages/file-format.ts';
import { text as optionText } from '../stages/option-text.ts';
import type { FileFormatDetails, StageDetails } from '../stages/stage-object.ts';
import type { Warehouse } from '../warehouse.ts';
import { dataType, displayType } from './column-types.ts';
import type { NameScope } from './names.ts';
import type { CatalogObject, ObjectKind, SequenceDetails, TableDetails } from './object.ts';
import type { VirtualView } from './virtual-view.ts';

const FORMAT_OPTIONS = [
  'RECORD_DELIMITER',
  'FIELD_DELIMITER',
  'SKIP_HEADER',
  'DATE_FORMAT',
  'TIME_FORMAT',
  'TIMESTAMP_FORMAT',
  'BINARY_FORMAT',
  'ESCAPE',
  'ESCAPE_UNENCLOSED_FIELD',
  'TRIM_SPACE',
  'FIELD_OPTIONALLY_ENCLOSED_BY',
  'NULL_IF',
  'COMPRESSION',
  'ERROR_ON_COLUMN_COUNT_MISMATCH',
] as const;

/** Views of INFORMATION_SCHEMA that list what moves data. */
export const OBJECT_VIEWS: Readonly<Record<string, VirtualView>> = {
  INFORMATION_SCHEMA_CATALOG_NAME: { columns: [text('CATALOG_NAME')], rows: (_, database) => [[database]] },
  STAGES: {
    columns: [
      ...['STAGE_CATALOG', 'STAGE_SCHEMA', 'STAGE_NAME', 'STAGE_URL', 'STAGE_REGION', 'STAGE_TYPE', 'STAGE_OWNER'].map(
        text,
      ),
      text('COMMENT'),
      timestamp('CREATED'),
    ],
    rows: (warehouse, database, scope) =>
      visible<StageDetails>('STAGE', warehouse, database, scope).map(({ path, details, owner, comment, createdOn }) => [
        ...path,
        details.url,
        details.url === undefined ? null : warehouse.options.s3?.region,
        details.url === undefined ? 'Internal Named' : 'External Named',
        owner,
        comment || null,
        new Date(createdOn),
      ]),
  },
  PIPES: {
    columns: [
      ...['PIPE_CATALOG', 'PIPE_SCHEMA', 'PIPE_NAME', 'PIPE_OWNER', 'DEFINITION', 'IS_AUTOINGEST_ENABLED'].map(text),
      text('NOTIFICATION_CHANNEL_NAME'),
      timestamp('CREATED'),
      text('COMMENT'),
      text('PATTERN'),
    ],
    rows: (warehouse, database, scope) =>
      visible<PipeDetails>('PIPE', warehouse, database, scope).map(({ path, details, owner, comment, createdOn }) => [
        ...path,
        owner,
        details.copy,
        details.autoIngest ? 'YES' : 'NO',
        null,
        new Date(createdOn),
        comment || null,
        pipePattern(details),
      ]),
  },
  FILE_FORMATS: {
    columns: [
      ...['CATALOG', 'SCHEMA', 'NAME', 'OWNER', 'TYPE'].map((part) => text(`FILE_FORMAT_${part}`)),
      ...FORMAT_OPTIONS.map((name) => (name === 'SKIP_HEADER' ? integer(name) : text(name))),
      timestamp('CREATED'),
      text('COMMENT'),
    ],
    rows: (warehouse, database, scope) =>
      visible<FileFormatDetails>('FILE FORMAT', warehouse, database, scope).map(
        ({ path, details, owner, comment, createdOn }) => {
          const type = optionText(details.options['TYPE'] ?? 'CSV') as 'CSV' | 'JSON';
          const all = { ...FORMAT_DEFAULTS[type], ...details.options };
          const shown = FORMAT_OPTIONS.map((name) => (all[name] === undefined ? null : optionText(all[name])));
          return [...path, owner, type, ...shown, new Date(createdOn), comment || null];
        },
      ),
  },
  SEQUENCES: {
    columns: [
      ...['SEQUENCE_CATALOG', 'SEQUENCE_SCHEMA', 'SEQUENCE_NAME', 'SEQUENCE_OWNER', 'DATA_TYPE'].map(text),
      ...['NUMERIC_PRECISION', 'NUMERIC_PRECISION_RADIX', 'NUMERIC_SCALE', 'START_VALUE', 'INCREMENT'].map(integer),
      text('CYCLE_OPTION'),
      timestamp('CREATED'),
      text('COMMENT'),
      text('ORDERED'),
    ],
    rows: (warehouse, database, scope) =>
      visible<SequenceDetails>('SEQUENCE', warehouse, database, scope).map(
        ({ path, details, owner, comment, createdOn }): Cell[] => [
          ...path,
          owner,
          'NUMBER',
          38,
          10,
          0,
          details.start,
          details.step,
          'NO',
          new Date(createdOn),
          comment || null,
          'NO',
        ],
      ),
  },
  LOAD_HISTORY: {
    columns: [
      ...['SCHEMA_NAME', 'FILE_NAME', 'TABLE_NAME'].map(text),
      timestamp('LAST_LOAD_TIME'),
      text('STATUS'),
      integer('ROW_COUNT'),
      integer('ROW_PARSED'),
      text('FIRST_ERROR_MESSAGE'),
      integer('FIRST_ERROR_LINE_NUMBER'),
      integer('FIRST_ERROR_CHARACTER_POSITION'),
      text('FIRST_ERROR_COL_NAME'),
      integer('ERROR_COUNT'),
      integer('ERROR_LIMIT'),
    ],
    rows: () => [],
    read: (warehouse, database, scope) =>
      loadsOf(visible<TableDetails>('TABLE', warehouse, database, scope).map(({ id }) => id)),
  },
  FUNCTIONS: {
    columns: [
      ...['FUNCTION_CATALOG', 'FUNCTION_SCHEMA', 'FUNCTION_NAME', 'FUNCTION_OWNER', 'ARGUMENT_SIGNATURE'].map(text),
      ...['DATA_TYPE', 'FUNCTION_LANGUAGE', 'FUNCTION_DEFINITION', 'VOLATILITY', 'IS_NULL_CALL', 'IS_SECURE'].map(text),
      timestamp('CREATED'),
      text('COMMENT'),
      text('IS_EXTERNAL'),
    ],
    rows: (warehouse, database, scope) =>
      visible<FunctionDetails>('FUNCTION', warehouse, database, scope).map(
        ({ path, details, owner, comment, createdOn }): Cell[] => [
          path[0],
          path[1],
          details.name,
          owner,
          signature(details.parameters),
          returnsText(details),
          details.remote ? 'EXTERNAL' : (details.language ?? 'SQL'),
          details.remote ? details.remote.url : details.text,
          details.immutable ? 'IMMUTABLE' : 'VOLATILE',
          details.strict ? 'NO' : 'YES',
          details.secure ? 'YES' : 'NO',
          new Date(createdOn),
          comment || null,
          details.remote ? 'YES' : 'NO',
        ],
      ),
  },
  PROCEDURES: {
    columns: [
      ...['PROCEDURE_CATALOG', 'PROCEDURE_SCHEMA', 'PROCEDURE_NAME', 'PROCEDURE_OWNER', 'ARGUMENT_SIGNATURE'].map(text),
      ...['DATA_TYPE', 'PROCEDURE_LANGUAGE', 'PROCEDURE_DEFINITION'].map(text),
      timestamp('CREATED'),
      text('COMMENT'),
    ],
    rows: (warehouse, database, scope) =>
      visible<ProcedureDetails>('PROCEDURE', warehouse, database, scope).map(
        ({ path, details, owner, comment, createdOn }): Cell[] => [
          path[0],
          path[1],
          details.name,
          owner,
          signature(details.parameters),
          details.returns === undefined ? details.returnsText : dataType(details.returns).replace('TEXT', 'VARCHAR'),
          details.language ?? 'SQL',
          details.body,
          new Date(createdOn),
          comment || null,
        ],
      ),
  },
};

const signature = (parameters: readonly Parameter[]): string =>
  `(${parameters.map(({ name, type }) => `${name} ${displayType(type).replace(/\(.*/, '')}`).join(', ')})`;

const visible = <Details>(
  kind: ObjectKind,
  { catalog }: Warehouse,
  database: string,
  scope: NameScope,
): CatalogObject<Details>[] =>
  catalog.list(kind, [database]).filter((object) => scope.visible(object)) as CatalogObject<Details>[];
