import type { Names, Translated } from '../../contract.ts';
import { Cursor } from '../../sql/cursor.ts';
import type { Token } from '../../sql/token.ts';
import { targetNamed } from './target.ts';

/** TRUNCATE [TABLE] [IF EXISTS]. */
export const translateTruncate = (tokens: readonly Token[], names: Names): Translated => {
  const cursor = new Cursor(tokens);
  cursor.expect('TRUNCATE');
  cursor.accept('TABLE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const name = cursor.name();
  cursor.finish();
  if (ifExists && !names.relation(name)) return { kind: 'truncate', statements: [], reads: [], writes: [] };
  const target = targetNamed(name, names);
  return { kind: 'truncate', statements: [`DELETE FROM ${target.write}`], reads: [], writes: [target] };
};
