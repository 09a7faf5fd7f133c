import { LINEAGE } from '../../../services/extract/pipelines/definition.ts';

const LONGEST = 200;

/** A path as a column's name: `deliveryCost.value` becomes DELIVERY_COST_VALUE. */
export const columnName = (path: readonly string[]): string => {
  const words = path.map((it) =>
    it
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toUpperCase(),
  );
  const name = words.filter((it) => it !== '').join('_') || 'VALUE';
  return (/^\d/.test(name) ? `N_${name}` : name).slice(0, LONGEST);
};

/** Gives every column a name of its own; those that lineage and rules use are not to be had. */
export const namer = (): ((path: readonly string[], prefix: string) => string) => {
  const taken = new Set<string>([...LINEAGE.map((it) => it.name), 'LINE_NUMBER', 'LINE_COUNT']);
  return (path, prefix) => {
    const plain = columnName(path);
    const prefixed = `${columnName([prefix])}_${plain}`;
    let name = taken.has(plain) ? prefixed : plain;
    for (let count = 2; taken.has(name); count += 1) name = `${prefixed}_${count}`;
    taken.add(name);
    return name;
  };
};
