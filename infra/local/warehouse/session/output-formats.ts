import { dateText } from '../translation/formats/date-model.ts';
import { DATE, LTZ, NTZ, TIME, TZ } from '../translation/types.ts';
import type { Type } from '../translation/types.ts';
import { PARAMETERS } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** The macro that prints each type by default, and the parameters that decide how: the first one that is set. */
const FORMATS: readonly (readonly [macro: string, type: Type, parameters: readonly string[]])[] = [
  ['sf_date_text', DATE, ['DATE_OUTPUT_FORMAT']],
  ['sf_time_text', TIME, ['TIME_OUTPUT_FORMAT']],
  ['sf_ntz_text', NTZ, ['TIMESTAMP_NTZ_OUTPUT_FORMAT', 'TIMESTAMP_OUTPUT_FORMAT']],
  ['sf_ltz_text', LTZ, ['TIMESTAMP_LTZ_OUTPUT_FORMAT', 'TIMESTAMP_OUTPUT_FORMAT']],
  ['sf_tz_text', TZ, ['TIMESTAMP_TZ_OUTPUT_FORMAT', 'TIMESTAMP_OUTPUT_FORMAT']],
];

const BINARY = 'BINARY_OUTPUT_FORMAT';

/** DuckDB statements after which casts to text print as the session's parameters say: macros of this connection alone. */
export const outputFormats = (parameters: Parameters): string[] => {
  const dates = FORMATS.map(([macro, type, names]) => {
    const name = names.find((one) => parameters.get(one) !== '') ?? names[0]!;
    const format = String(parameters.get(name));
    const model = format.toUpperCase() === 'AUTO' ? String(PARAMETERS[name]!.initial) : format;
    return `${macro}(x) AS ${dateText({ sql: 'x', type }, model).sql}`;
  });
  const binary = String(parameters.get(BINARY)).toUpperCase() === 'BASE64' ? 'to_base64(x)' : 'hex(x)';
  return [...dates, `sf_binary_text(x) AS ${binary}`].map((macro) => `CREATE OR REPLACE TEMP MACRO ${macro}`);
};

/** Whether a parameter decides how values are printed. */
export const isOutputFormat = (name: string): boolean => name.endsWith('_OUTPUT_FORMAT');
