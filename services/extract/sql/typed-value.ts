import { path } from '../../../shared/sql/identifier.ts';
import { fragment, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import { numberOf, type ColumnType } from '../../../shared/sql/column-type.ts';
import type { ExtractColumn, Source } from '../pipelines/definition.ts';

/** A column's value as text: NULL where the document has none, or JSON's null. */
export const textValue = (from: Exclude<Source, { position: true }>): Fragment =>
  'document' in from ? fragment`d.SRC${path(from.document)}::varchar` : fragment`f.VALUE${path(from.element)}::varchar`;

/** Text as the type, or NULL where it isn't of that type; never an error. */
export const tryConvert = (text: Fragment, type: ColumnType): Fragment => {
  const number = numberOf(type);
  if (number) return fragment`try_to_decimal(${text}, ${digits(number.precision)}, ${digits(number.scale)})`;
  switch (type) {
    case 'BOOLEAN':
      return fragment`try_to_boolean(${text})`;
    case 'DATE':
      return fragment`try_to_date(${text})`;
    case 'TIMESTAMP_NTZ':
      return fragment`try_to_timestamp_ntz(${text})`;
    default:
      return text;
  }
};

/** The value of a column, typed. */
export const typedValue = ({ from, type }: ExtractColumn): Fragment =>
  'position' in from ? fragment`(f.INDEX + 1)::${trusted(type)}` : tryConvert(textValue(from), type);

// Snowflake wants precision and scale as constants, not as binds.
const digits = (value: number): Fragment => trusted(String(value));
