import { SnowflakeError } from '../contract.ts';

/** What a DuckDB message means on Snowflake; `$1` in the message is what the pattern caught. */
type Meaning = readonly [pattern: RegExp, code: string, sqlState: string, message?: string];

const MEANINGS: readonly Meaning[] = [
  [/(Number out of representable range: [^\n]*)/, '100046', '22003'],
  [
    /(?:Date and time not in timestamp range|out of range of (?:DATE|TIMESTAMP))/i,
    '000002',
    '0A000',
    "Unsupported feature 'a time out of range'.",
  ],
  [/Cannot group on a window clause/, '000002', '0A000', "Unsupported feature 'GROUP BY ALL with window functions'."],
  [/(Decryption failed\. [^\n]*)/, '100311', '22023'],
  [/^INTERRUPT/, '000604', '57014', 'SQL execution canceled'],
  [/(JavaScript compilation error: [\s\S]*)/, '100131', 'P0000'],
  [/JavaScript execution error: Uncaught Error: (Unsupported feature '[^']*')/, '000002', '0A000', '$1.'],
  [/(JavaScript execution error: [\s\S]*)/, '100132', 'P0000'],
  [/Division by zero/i, '100051', '22012', 'Division by zero'],
  [/(Numeric value '[\s\S]*' is not recognized)/, '100038', '22018'],
  [/(Boolean value '[\s\S]*' is not recognized)/, '100037', '22018'],
  [/(Timestamp '[\s\S]*' is not recognized)/, '100035', '22007'],
  [/(Date '[\s\S]*' is not recognized)/, '100040', '22007'],
  [/(Time '[\s\S]*' is not recognized)/, '100108', '22007'],
  [/(Can't parse '[\s\S]*' as [\s\S]*)/, '100096', '22007'],
  [/(Step value for ARRAY_GENERATE_RANGE [^\n]*)/, '100310', '22000'],
  [/(Error parsing URL: [^\n]*)/, '100139', '22000'],
  [/(Error parsing IP address: [^\n]*)/, '100138', '22000'],
  [/(Error parsing JSON: [\s\S]*)/, '100069', '22P02'],
  [/(String '[\s\S]*' is too long and would be truncated)/, '100078', '22000'],
  [/(The following string is not a legal base64-encoded value: [\s\S]*)/, '100115', '22000'],
  [/(Invalid floating point operation: \S+)/, '100051', '22012'],
  [/(Invalid character code [\s\S]*)/, '100062', '22021'],
  [/(The following string is not a legal hex-encoded value: [\s\S]*)/, '100115', '22000'],
  [/(Failed to cast variant value [\s\S]*)/, '100071', '22000'],
  [/(Duplicate row detected during DML action[\s\S]*)/, '100090', '42P18'],
  [/(The lengths of two variable-sized fields do not match: [^\n]*)/, '100544', '22026'],
  [/(Not an array: [\s\S]*)/, '100107', '22000'],
  [/(Key supplied for ARRAYS_TO_OBJECT [\s\S]*)/, '215002', '22000'],
  [/(Key array and value array [\s\S]*)/, '215001', '22000'],
  [/(Duplicate field key '[\s\S]*')/, '100103', '22000'],
  [/NOT NULL constraint failed/, '100072', '22000', 'NULL result in a non-nullable column'],
  [/More than one row returned by a subquery/, '090150', '22000', 'Single-row subquery returns more than one row.'],
  [
    /[Cc]ould not convert string ['"]([\s\S]*)['"] to (?:BOOL|LOGICAL)/,
    '100037',
    '22018',
    "Boolean value '$1' is not recognized",
  ],
  // What reads as a number but could not be converted was too large for its type.
  [
    /[Cc]ould not convert string ['"]\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*['"] to (?:DECIMAL|DOUBLE)/,
    '100039',
    '22003',
    "Numeric value '$1' is out of range",
  ],
  [/[Cc]ould not convert string ['"]([\s\S]*?)['"] to /, '100038', '22018', "Numeric value '$1' is not recognized"],
  [/invalid timestamp field format: "([\s\S]*?)"/, '100035', '22007', "Timestamp '$1' is not recognized"],
  [/invalid date field format: "([\s\S]*?)"/, '100040', '22007', "Date '$1' is not recognized"],
  [/time field value[\s\S]*?"([\s\S]*?)"/, '100108', '22007', "Time '$1' is not recognized"],
  [
    /Casting value "([\s\S]*?)" to type [\s\S]*failed: value is out of range/,
    '100046',
    '22003',
    'Number out of representable range: value $1',
  ],
  [/Type \w+ with value (\S+) can't be cast/, '100039', '22003', "Numeric value '$1' is out of range"],
  [
    /column "?([^"\s]*)"? must appear in the GROUP BY clause/,
    '000979',
    '42601',
    'SQL compilation error:\n[$1] is not a valid group by expression',
  ],
  [
    /at least one window function must appear in the SELECT column or QUALIFY clause/,
    '000992',
    '42601',
    'SQL compilation error:\nfound QUALIFY clause but no window function.',
  ],
  [
    /window function calls cannot be nested|window functions are not allowed in window definitions/,
    '000002',
    '0A000',
    "Unsupported feature 'window function within a window function'.",
  ],
  [/LIMIT\/OFFSET cannot be negative/, '001003', '42000', "SQL compilation error:\nsyntax error unexpected '-'."],
  [
    /aggregate function calls cannot be nested/,
    '002036',
    '42601',
    'SQL compilation error:\nAggregate functions cannot be nested',
  ],
  [
    /WHERE clause cannot contain (aggregate|window)/,
    '002035',
    '42601',
    'SQL compilation error:\nInvalid $1 function in where clause',
  ],
  [
    /[Cc]ould not cast value (\S+) to DECIMAL\((\d+,\d+)\)/,
    '100046',
    '22003',
    'Number out of representable range: value $1',
  ],
  [/^(?:Error: )?Out of Range Error: ([\s\S]*)/, '100046', '22003', 'Number out of representable range: $1'],
  [
    /(?:Referenced column|column) "([^"]*)" (?:not found|does not exist)/i,
    '000904',
    '42000',
    "SQL compilation error:\ninvalid identifier '$1'",
  ],
  [/(Unsupported feature '[\s\S]*')/, '000002', '0A000', '$1.'],
];

/** The error that Snowflake would give: its own ones stay, DuckDB's are recognised by their words, the rest is an internal error. */
export const toSnowflakeError = (error: unknown, sql: string): SnowflakeError => {
  if (error instanceof SnowflakeError) return error;
  const text = error instanceof Error ? error.message : String(error);
  // DuckDB shows the statement below its message: what the statement says is not what went wrong.
  const message = text.split(/\n+LINE \d+:/)[0]!.trim();
  for (const [pattern, code, sqlState, template = '$1'] of MEANINGS) {
    const found = pattern.exec(message);
    if (found !== null)
      return new SnowflakeError(
        code,
        sqlState,
        template.replace('$1', () => found[1] ?? ''),
      );
  }
  const about = sql.length > 200 ? `${sql.slice(0, 200)}...` : sql;
  return new SnowflakeError('000603', 'XX000', `SQL execution internal error:\n${message}\nin: ${about}`);
};
