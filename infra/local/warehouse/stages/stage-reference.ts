import { SnowflakeError } from '../contract.ts';

/** An `@stage/path` as written: the stage's name in folded parts, and the path behind it. */
export interface StageReference {
  readonly name: readonly string[];
  readonly path: string;
}

const PART = /^(?:"((?:[^"]|"")*)"|([^"./]+))/;

/** Reads what stands behind the `@`. Table and user stages are refused. */
export const parseStageReference = (written: string): StageReference => {
  if (/^[~%]|\.%/.test(written))
    throw new SnowflakeError('000002', '0A000', `Unsupported feature 'stage @${written}'.`);
  const name: string[] = [];
  let rest = written;
  for (;;) {
    const [whole, quoted, bare] = PART.exec(rest) ?? [];
    if (whole === undefined)
      throw new SnowflakeError('001003', '42000', `SQL compilation error:\ninvalid stage name '@${written}'.`);
    name.push(quoted === undefined ? bare!.toUpperCase() : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (!rest.startsWith('.')) break;
    rest = rest.slice(1);
  }
  return { name, path: rest.replace(/^\//, '') };
};
