import type { StatementKind } from '../contract.ts';
import type { Plan } from './plan.ts';
import type { Session } from './session.ts';

const PRIVILEGES: Partial<Record<StatementKind, readonly string[]>> = {
  insert: ['INSERT'],
  'multi-insert': ['INSERT'],
  update: ['UPDATE'],
  delete: ['DELETE'],
  truncate: ['TRUNCATE'],
};

/** Stops a statement whose role may not read or write what it names. What views read is their owner's business. */
export const authorize = ({ translated }: Plan, session: Session): void => {
  const { catalog } = session.warehouse;
  const isOwn = (key: string): boolean => session.temporary.has(key) || session.temporaryViews.has(key);
  const written = new Set(translated.writes.map(({ database, schema, name }) => [database, schema, name].join('\0')));
  for (const { database, schema, name } of translated.reads) {
    const path = [database, schema, name];
    const object = isOwn(path.join('\0')) ? undefined : catalog.relation(path);
    if (object !== undefined) session.access.require('SELECT', object);
  }
  for (const key of written) {
    const object = isOwn(key) ? undefined : catalog.relation(key.split('\0'));
    if (object === undefined) continue;
    for (const privilege of privilegesOf(
      translated.kind,
      translated.counts?.map((change) => change?.did),
    ))
      session.access.require(privilege, object);
  }
};

const privilegesOf = (kind: StatementKind, did: readonly (string | undefined)[] | undefined): readonly string[] => {
  if (kind !== 'merge') return PRIVILEGES[kind] ?? [];
  const names = { inserted: 'INSERT', updated: 'UPDATE', deleted: 'DELETE' } as Record<string, string>;
  return [...new Set((did ?? []).flatMap((each) => (each === undefined ? [] : [names[each]!])))];
};
