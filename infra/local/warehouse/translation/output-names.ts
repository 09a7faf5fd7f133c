import type { QueryColumn } from './context.ts';
import type { Type } from './types.ts';

/** Output columns with names in DuckDB of their own, where Snowflake allows the same name twice. */
export const outputColumns = (columns: readonly { readonly name: string; readonly type: Type }[]): QueryColumn[] => {
  const taken = new Set<string>();
  return columns.map(({ name, type }) => {
    let duckName = name === '' ? '?' : name;
    for (let i = 2; taken.has(duckName.toLowerCase()); i += 1) duckName = `${name}_${i}`;
    taken.add(duckName.toLowerCase());
    return { name, duckName, type };
  });
};
