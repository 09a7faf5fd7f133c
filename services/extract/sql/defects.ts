import { path } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import { numberOf } from '../../../shared/sql/column-type.ts';
import type { ExtractColumn, ExtractPipeline } from '../pipelines/definition.ts';
import { textValue, tryConvert } from './typed-value.ts';

/** DEFECTS of a document that is no JSON at all, and of one that is JSON but no object. */
export const NOT_JSON = 'not JSON';
export const NOT_AN_OBJECT = 'not a JSON object';

/** Names what of a row was there but could not be read as its type, so that nothing becomes NULL unnoticed. */
export const defects = (pipeline: ExtractPipeline): Fragment => {
  const list = fragment`d.SRC${path(pipeline.explode)}`;
  const found = [
    fragment`iff(${list} is not null and not is_null_value(${list}) and not is_array(${list}), ${literal(`${pipeline.explode.join('.')} is not a list, `)}, '')`,
    ...pipeline.columns.flatMap((column) => unreadable(column) ?? []),
  ];
  return fragment`case
        when d.SRC is null then ${literal(NOT_JSON)}
        when not is_object(d.SRC) then ${literal(NOT_AN_OBJECT)}
        else nullif(rtrim(concat(
          ${join(found, ',\n  ')}
        ), ', '), '')
      end`;
};

const unreadable = ({ name, from, type }: ExtractColumn): Fragment | undefined => {
  if ('position' in from || type === 'VARCHAR') return undefined;
  const text = textValue(from);
  const value = tryConvert(text, type);
  const lost = fragment`${text} is not null and ${value} is null`;
  const message = literal(`${name} is not a ${type}, `);
  const number = numberOf(type);
  if (!number) return fragment`iff(${lost}, ${message}, '')`;
  // Six digits more than the column keeps: what they show would be rounded away.
  const finer = tryConvert(text, `NUMBER(${Math.min(number.precision + 6, 38)},${number.scale + 6})`);
  return fragment`iff(${lost} or ${finer} <> ${value}, ${message}, '')`;
};

const literal = (text: string): Fragment => trusted(`'${text.replaceAll("'", "''")}'`);
