import { SnowflakeError } from '../contract.ts';

/** An `@stage/path` as written: whose stage, its or its table's name in folded parts, and the path behind it. */
export interface StageReference {
  /** `user` for `@~`, whose name is empty, `table` for `@%table`. */
  readonly of: 'stage' | 'table' | 'user';
  readonly name: readonly string[];
  readonly path: string;
}

const PART = /^(?:"((?:[^"]|"")*)"|([^"./]+))/;

/** Reads what stands behind the `@`. */
export const parseStageReference = (written: string): StageReference => {
  if (/^~(\/|$)/.test(written)) return { of: 'user', name: [], path: written.slice(1).replace(/^\//, '') };
  const name: string[] = [];
  let rest = written;
  let of: StageReference['of'] = 'stage';
  for (;;) {
    if (rest.startsWith('%')) {
      of = 'table';
      rest = rest.slice(1);
    }
    const [whole, quoted, bare] = PART.exec(rest) ?? [];
    if (whole === undefined)
      throw new SnowflakeError('001003', '42000', `SQL compilation error:\ninvalid stage name '@${written}'.`);
    name.push(quoted === undefined ? bare!.toUpperCase() : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (!rest.startsWith('.')) break;
    rest = rest.slice(1);
  }
  return { of, name, path: rest.replace(/^\//, '') };
};
