import { ident } from '../../../shared/sql/identifier.ts';
import type { Statement } from '../../../shared/sql/statement.ts';
import type { Account } from './account.ts';
import type { Change } from './compare.ts';
import { effectOf, type Effect } from './effect.ts';

type Made = Extract<Effect, { does: 'create' | 'define' }>;

// What all pipelines of a stage stand on: never a pipeline's to drop.
const SHARED = new Set([
  'DATABASE',
  'SCHEMA',
  'WAREHOUSE',
  'ROLE',
  'USER',
  'NOTIFICATION INTEGRATION',
  'STORAGE INTEGRATION',
  'API INTEGRATION',
]);
const LEDGER = /^[^.]+\.FIRN\./;

/** What is there of a pipeline alone, the last made first; its tables only if their rows are to go, too. */
export const removal = (own: readonly Statement[], account: Account, isWithData: boolean): readonly Change[] =>
  own
    .map(effectOf)
    .filter((it): it is Made => it.does === 'create' || it.does === 'define')
    .filter(({ kind, name }) => !SHARED.has(kind) && !LEDGER.test(name) && account.objects.has(`${kind} ${name}`))
    .filter(({ kind }) => isWithData || kind !== 'TABLE')
    .toReversed()
    .map((it) => ({
      action: 'drop',
      kind: it.kind,
      name: it.name,
      what: it.kind === 'TABLE' ? 'with its rows' : '',
      text: `drop ${it.kind.toLowerCase()} if exists ${ident(it.name).text}${it.does === 'define' ? it.takes : ''}`,
    }));
