import type { Statement } from '../../../shared/sql/statement.ts';
import { compare, kept, type Change } from './compare.ts';
import type { Drift } from './drift.ts';
import { effectOf } from './effect.ts';
import { readAccount } from './read-account.ts';
import { surplusGrants } from './surplus.ts';

/** What a definition and an account differ in. */
export interface Plan {
  /** In the order in which they are to be made. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Streams that have lost their place; no statement can give it back. */
  readonly stale: readonly string[];
  /** What is made otherwise than the definition says, and can't be changed where it is. */
  readonly drifted: readonly Drift[];
}

/** Compares a pipeline's definition with an account; `all` are the definitions that its roles serve. Changes nothing. */
export const planOf = async (
  ask: Parameters<typeof readAccount>[0],
  definition: readonly Statement[],
  all: readonly Statement[],
): Promise<Plan> => {
  const account = await readAccount(ask, definition.map(effectOf));
  const changes = compare(definition, account);
  return {
    changes: [...changes, ...surplusGrants(all.map(effectOf), account)],
    unchanged: definition.length - changes.length,
    stale: [...account.objects].flatMap(([key, { isStale }]) =>
      isStale === true ? [key.slice('STREAM '.length)] : [],
    ),
    drifted: kept(definition, account),
  };
};
