import { path } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import { numberOf } from '../../../shared/sql/column-type.ts';
import type { ExtractColumn, ExtractPipeline } from '../pipelines/definition.ts';
import { knownKeys, lookedAt } from '../pipelines/known-paths.ts';
import { misshapen } from './misshapen.ts';
import { textValue, tryConvert } from './typed-value.ts';

/** DEFECTS of a document that is no JSON at all, and of one that is JSON but no object. */
export const NOT_JSON = 'not JSON';
export const NOT_AN_OBJECT = 'not a JSON object';

const MOST_DIGITS = 38; // of any NUMBER

/** Names what of a row was there but could not be read as its type, so that nothing becomes NULL unnoticed; NULL where all could be. */
export const defects = (pipeline: ExtractPipeline): Fragment => {
  const found = [
    ...misshapen(pipeline).map(({ where, value, message }) => reported(where, message, value)),
    ...pipeline.columns.flatMap((column) => unreadable(column) ?? []),
    ...unknownFields(pipeline),
  ];
  return fragment`case
        when d.SRC is null then ${literal(NOT_JSON)}
        when not is_object(d.SRC) then ${literal(NOT_AN_OBJECT)}
        else regexp_substr(concat(
          ${join(found, ',\n  ')}
        ), '.*[^, ]')
      end`;
};

// Only a pipeline that wants it pays for looking at every key of every document.
const unknownFields = (pipeline: ExtractPipeline): readonly Fragment[] =>
  pipeline.drift !== 'quarantine'
    ? []
    : lookedAt(pipeline).map((looked) => {
        const [first, ...rest] = looked.keys;
        const below = first === undefined ? fragment`` : fragment`${path([first, ...rest])}`;
        const value = looked.in === 'document' ? fragment`d.SRC${below}` : fragment`f.VALUE${below}`;
        const known = join(
          knownKeys(pipeline, looked).map((it) => literal(it)),
          ', ',
        );
        const where = fragment`is_object(${value}) and array_size(array_except(object_keys(${value}), array_construct(${known}))) > 0`;
        return fragment`iff(${where}, ${literal(`${looked.prefix === '' ? 'the document' : looked.prefix.slice(0, -1)} has fields that nobody has defined, `)}, '')`;
      });

const unreadable = ({ name, from, type }: ExtractColumn): Fragment | undefined => {
  if ('position' in from) return undefined;
  const message = `${name} is not a ${type}`;
  const raw = 'document' in from ? fragment`d.SRC${path(from.document)}` : fragment`f.VALUE${path(from.element)}`;
  if (type === 'VARCHAR') return reported(fragment`is_object(${raw}) or is_array(${raw})`, message, raw);
  const text = textValue(from);
  const value = tryConvert(text, type);
  const lost = fragment`${text} is not null and ${value} is null`;
  const number = numberOf(type);
  if (!number) return reported(lost, message, raw);
  // As many digits behind the point as there can be: what they show would be rounded away.
  const scale = Math.max(number.scale + 6, MOST_DIGITS - number.precision + number.scale);
  const finer = tryConvert(text, `NUMBER(${MOST_DIGITS},${Math.min(scale, MOST_DIGITS - 1)})`);
  // Few texts are so long that digits could be lost, and only those are worth a second, costly conversion.
  const short = trusted(`'[-+]?[0-9]*[.]?[0-9]{0,${number.scale}}'`);
  return reported(fragment`${lost} or iff(regexp_like(${text}, ${short}), false, ${finer} <> ${value})`, message, raw);
};

// Its kind tells more than its absence, and is no data.
const reported = (where: Fragment, message: string, value: Fragment): Fragment =>
  fragment`iff(${where}, ${literal(`${message} but `)} || typeof(${value}) || ', ', '')`;

const literal = (text: string): Fragment => trusted(`'${text.replaceAll("'", "''")}'`);
