import { path } from '../../../shared/sql/identifier.ts';
import { fragment, type Fragment } from '../../../shared/sql/statement.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';

/** A predicate that is true where a document has not the shape that its pipeline describes, and what to say of it. */
interface Misshapen {
  readonly where: Fragment;
  readonly value: Fragment;
  readonly message: string;
}

type Keys = readonly [string, ...string[]];

/** Everything on the way to a value that is there but leads nowhere: a list that is none, an object that is none. */
export const misshapen = ({ explode, columns }: ExtractPipeline): readonly Misshapen[] => {
  const parents = new Map<string, Keys>();
  for (const { from } of columns)
    if ('document' in from)
      for (let depth = 1; depth < from.document.length; depth += 1) {
        const keys = from.document.slice(0, depth) as unknown as Keys;
        parents.set(JSON.stringify(keys), keys);
      }
  const of = (value: Fragment, kind: 'is_array' | 'is_object', message: string): Misshapen => ({
    where: isOther(value, kind),
    value,
    message,
  });
  const list = explode?.join('.');
  const hasElements = columns.some((it) => 'element' in it.from);
  return [
    ...(explode ? [of(fragment`d.SRC${path(explode)}`, 'is_array', `${list} is not a list`)] : []),
    ...[...parents.values()].map((keys) =>
      of(fragment`d.SRC${path(keys)}`, 'is_object', `${keys.join('.')} is not an object`),
    ),
    ...(explode && hasElements ? [of(fragment`f.VALUE`, 'is_object', `${list} holds what is not an object`)] : []),
  ];
};

const isOther = (value: Fragment, kind: 'is_array' | 'is_object'): Fragment => {
  const isKind = kind === 'is_array' ? fragment`is_array(${value})` : fragment`is_object(${value})`;
  return fragment`${value} is not null and not is_null_value(${value}) and not ${isKind}`;
};
