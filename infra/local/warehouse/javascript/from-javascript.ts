import type { ColumnType } from '../catalog/column-types.ts';
import { typeText } from '../scripting/value.ts';

/** SQL that makes a value of its type of a handler's result, which is bound as `?`. */
export const fromJavaScript = (type: ColumnType): string => {
  const result = 'CAST(? AS VARCHAR)';
  switch (type.type) {
    case 'variant':
      return `PARSE_JSON(${result})`;
    case 'object':
    case 'array':
      return `CAST(PARSE_JSON(${result}) AS ${typeText(type)})`;
    case 'binary':
      return `TO_BINARY(${result}, 'HEX')`;
    case 'date':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      // An instant, which the session's clock shows.
      return `CAST(CAST(${result} AS TIMESTAMP_LTZ) AS ${typeText(type)})`;
    default:
      return `CAST(${result} AS ${typeText(type)})`;
  }
};
