import type { Catalog } from '../catalog/catalog.ts';
import type { TableObject } from '../catalog/object.ts';

/** The tables among the keys of what a transaction changes; views, streams and others are none. */
export const tablesNamed = (keys: Iterable<string>, catalog: Catalog): TableObject[] =>
  [...keys].flatMap((key) => {
    const path = key.split('.');
    const found =
      path.length === 3
        ? catalog.find('TABLE', path)
        : catalog.list('TABLE').find((table) => table.path.join('.') === key);
    return found === undefined ? [] : [found as TableObject];
  });
