import { SnowflakeError } from '../contract.ts';
import { unsupported } from '../translation/failures.ts';
import { isTimeZone } from './time-zone.ts';

export type ParameterValue = string | number | boolean;

interface Definition {
  readonly initial: ParameterValue;
  readonly description: string;
  readonly check?: (value: ParameterValue) => boolean;
}

const flag = (initial: boolean, description: string): Definition => ({ initial, description });
const number = (initial: number, description: string, least = 0, most = Number.MAX_SAFE_INTEGER): Definition => ({
  initial,
  description,
  check: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
});
const word = (initial: string, description: string, check?: (value: ParameterValue) => boolean): Definition => ({
  initial,
  description,
  ...(check && { check }),
});

/** The session parameters that have an effect here, or that clients read. */
export const PARAMETERS: Readonly<Record<string, Definition>> = {
  AUTOCOMMIT: flag(true, 'Whether each DML statement commits by itself'),
  BINARY_INPUT_FORMAT: word('HEX', 'Format of BINARY input', (value) => value === 'HEX'),
  BINARY_OUTPUT_FORMAT: word('HEX', 'Format of BINARY output'),
  CLIENT_SESSION_KEEP_ALIVE: flag(false, 'Whether the client keeps its session alive'),
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: number(3600, 'Seconds between heartbeats'),
  CLIENT_STAGE_ARRAY_BINDING_THRESHOLD: number(1_000_000_000, 'Binds from which a client stages them'),
  DATE_INPUT_FORMAT: word('AUTO', 'Format of DATE input', (value) => value === 'AUTO'),
  DATE_OUTPUT_FORMAT: word('YYYY-MM-DD', 'Format of DATE output'),
  ERROR_ON_NONDETERMINISTIC_MERGE: flag(true, 'Whether MERGE refuses to choose between source rows'),
  ERROR_ON_NONDETERMINISTIC_UPDATE: flag(false, 'Whether UPDATE refuses to choose between joined rows'),
  JSON_INDENT: number(2, 'Spaces by which documents are indented; 0 is one line', 0, 16),
  JS_TREAT_INTEGER_AS_BIGINT: flag(false, 'Whether the Node driver returns integers as BigInt'),
  LOCK_TIMEOUT: number(43_200, 'Seconds to wait for a lock'),
  MULTI_STATEMENT_COUNT: number(1, 'Statements in one request; 0 is any number'),
  QUERY_TAG: word('', 'Tag of the statements in the query history'),
  QUOTED_IDENTIFIERS_IGNORE_CASE: {
    initial: false,
    description: 'Whether quoted names are folded',
    check: (value) => value === false,
  },
  ROWS_PER_RESULTSET: number(0, 'Most rows in a result; 0 is no limit'),
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: number(0, 'Seconds that a statement may wait for its warehouse: here none does'),
  STATEMENT_TIMEOUT_IN_SECONDS: number(172_800, 'Seconds after which a statement is cancelled'),
  STRICT_JSON_OUTPUT: flag(false, 'Whether places without a value are printed as null'),
  TIMESTAMP_INPUT_FORMAT: word('AUTO', 'Format of TIMESTAMP input', (value) => value === 'AUTO'),
  TIMESTAMP_LTZ_OUTPUT_FORMAT: word('', 'Format of TIMESTAMP_LTZ output'),
  TIMESTAMP_NTZ_OUTPUT_FORMAT: word('YYYY-MM-DD HH24:MI:SS.FF3', 'Format of TIMESTAMP_NTZ output'),
  TIMESTAMP_OUTPUT_FORMAT: word('YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM', 'Format of TIMESTAMP output'),
  TIMESTAMP_TYPE_MAPPING: word('TIMESTAMP_NTZ', 'What TIMESTAMP means', (value) => value === 'TIMESTAMP_NTZ'),
  TIMESTAMP_TZ_OUTPUT_FORMAT: word('', 'Format of TIMESTAMP_TZ output'),
  TIMEZONE: word('America/Los_Angeles', 'Time zone of the session', (value) => isTimeZone(String(value))),
  TIME_INPUT_FORMAT: word('AUTO', 'Format of TIME input', (value) => value === 'AUTO'),
  TIME_OUTPUT_FORMAT: word('HH24:MI:SS', 'Format of TIME output'),
  TRANSACTION_ABORT_ON_ERROR: flag(false, 'Whether an error ends the transaction'),
  TRANSACTION_DEFAULT_ISOLATION_LEVEL: word('READ COMMITTED', 'Isolation level'),
  USE_CACHED_RESULT: flag(true, 'Whether a result may be reused: here each is computed anew'),
  WEEK_OF_YEAR_POLICY: number(0, 'How weeks are counted', 0, 1),
  WEEK_START: number(0, 'First day of the week', 0, 7),
};

/** A session's parameters: Snowflake's defaults, the warehouse's, then what the session has set. */
export class Parameters {
  readonly #defaults: ReadonlyMap<string, ParameterValue>;
  readonly #own = new Map<string, ParameterValue>();

  constructor(defaults: Readonly<Record<string, ParameterValue>>) {
    this.#defaults = new Map(Object.entries(defaults));
  }

  get(name: string): ParameterValue {
    return this.#own.get(name) ?? this.#defaults.get(name) ?? PARAMETERS[name]!.initial;
  }

  number(name: string): number {
    return Number(this.get(name));
  }

  flag(name: string): boolean {
    return this.get(name) === true;
  }

  /** Sets a parameter after bringing the value to its type; unknown names and values that have no effect here are refused. */
  set(name: string, value: ParameterValue): void {
    const definition = defined(name);
    const typed = bring(value, typeof definition.initial);
    if (typed === undefined) throw invalid(name, value);
    if (definition.check?.(typed) === false)
      throw ONE_VALUED.has(name) ? unsupported(`${name} = ${String(value)}`) : invalid(name, value);
    this.#own.set(name, typed);
  }

  unset(name: string): void {
    defined(name);
    this.#own.delete(name);
  }

  /** As clients get them with a login or a result. */
  wire(): { name: string; value: ParameterValue }[] {
    return Object.keys(PARAMETERS).map((name) => ({ name, value: this.get(name) }));
  }
}

/** Parameters that have their first value here, and no other that Snowflake has. */
const ONE_VALUED = new Set([
  'BINARY_INPUT_FORMAT',
  'DATE_INPUT_FORMAT',
  'QUOTED_IDENTIFIERS_IGNORE_CASE',
  'TIMESTAMP_INPUT_FORMAT',
  'TIMESTAMP_TYPE_MAPPING',
  'TIME_INPUT_FORMAT',
]);

/** Snowflake's other parameters that change what statements do. */
const REFUSED = new Set(
  `ABORT_DETACHED_QUERY CLIENT_TIMESTAMP_TYPE_MAPPING CSV_TIMESTAMP_FORMAT DEFAULT_DDL_COLLATION DEFAULT_NULL_ORDERING GEOGRAPHY_OUTPUT_FORMAT
   GEOMETRY_OUTPUT_FORMAT NOORDER_SEQUENCE_AS_DEFAULT READ_CONSISTENCY_MODE SEARCH_PATH SIMULATED_DATA_SHARING_CONSUMER
   TIMESTAMP_DAY_IS_ALWAYS_24H TWO_DIGIT_CENTURY_START UNSUPPORTED_DDL_ACTION`.split(/\s+/),
);

const defined = (name: string): Definition => {
  const definition = PARAMETERS[name];
  if (definition !== undefined) return definition;
  if (REFUSED.has(name)) throw unsupported(`parameter ${name}`);
  throw new SnowflakeError('001006', '22023', `SQL compilation error:\ninvalid property '${name}' for 'SESSION'`);
};

const bring = (value: ParameterValue, type: string): ParameterValue | undefined => {
  if (type === 'boolean') {
    const lower = String(value).toLowerCase();
    return ['true', 'on', '1'].includes(lower) ? true : ['false', 'off', '0'].includes(lower) ? false : undefined;
  }
  if (type === 'number') return String(value).trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
  return String(value);
};

const invalid = (name: string, value: ParameterValue): SnowflakeError =>
  new SnowflakeError(
    '001007',
    '22023',
    `SQL compilation error:\ninvalid value [${String(value)}] for parameter '${name}'`,
  );
