import { documentId } from '../../../shared/sql/document-id.ts';
import { fragment, type Fragment } from '../../../shared/sql/statement.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { textValue, tryConvert } from './typed-value.ts';
import { numberOf } from '../../../shared/sql/column-type.ts';

/**
 * A text that is unique to a document and sorts as its versions do: the document's own version first where there is one,
 * then load time, file name and row number. Arrival order plays no part.
 */
export const rowVersion = (pipeline: ExtractPipeline): Fragment => {
  if (!pipeline.version) return documentId;
  const own = sortable(textValue(pipeline.version), pipeline.version.type);
  return fragment`coalesce(${own}, '') || '/' || ${documentId}`;
};

const sortable = (text: Fragment, type: NonNullable<ExtractPipeline['version']>['type']): Fragment => {
  const value = tryConvert(text, type);
  // Shifted, so that negative numbers sort below positive ones as text; written out, since 1e18 may be a double.
  if (numberOf(type)) return fragment`lpad((${value} + 1000000000000000000)::number(38,6)::varchar, 30, '0')`;
  if (type === 'TIMESTAMP_NTZ' || type === 'DATE')
    return fragment`to_char(${value}::timestamp_ntz, 'YYYYMMDDHH24MISSFF6')`;
  return text;
};
