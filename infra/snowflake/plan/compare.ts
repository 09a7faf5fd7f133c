import type { Statement } from '../../../shared/sql/statement.ts';
import type { Account } from './account.ts';
import { driftOf, isMendable, mending, type Drift } from './drift.ts';
import { effectOf, type Effect } from './effect.ts';

export type Action = 'create' | 'replace' | 'alter' | 'grant' | 'suspend' | 'resume' | 'revoke' | 'drop';

/** One thing that is not as the definition has it, and the statement that makes it so. */
export interface Change {
  readonly action: Action;
  readonly kind: string;
  readonly name: string;
  /** What of it: a column, privileges, a property; empty where all of it. */
  readonly what: string;
  readonly text: string;
}

/** What has to be done to an account so that it holds the definition; nothing for what it holds already. Keeps the order. */
export const compare = (statements: readonly Statement[], account: Account): readonly Change[] => {
  // What is made anew has lost its grants, and a task its clock.
  const anew = new Map<string, string>();
  return statements.flatMap((statement) => {
    const effect = effectOf(statement);
    const change = missing(effect, account, anew) ?? mended(effect, account, statement.text);
    if (change === undefined) return [];
    if (change.action === 'replace' || change.action === 'create')
      anew.set(`${change.kind} ${change.name}`, statement.text);
    return [{ text: statement.text, ...change }];
  });
};

const differing = (effect: Effect, { objects }: Account): readonly Drift[] => {
  const found = effect.does === 'create' ? objects.get(`${effect.kind} ${effect.name}`) : undefined;
  return effect.does === 'create' && found ? driftOf(effect.kind, effect.name, effect.shape, found) : [];
};

/** What differs of objects that no statement may change in place: for people to judge. */
export const kept = (statements: readonly Statement[], account: Account): readonly Drift[] =>
  statements.flatMap((it) => differing(effectOf(it), account)).filter((it) => !isMendable(it.kind));

const mended = (effect: Effect, account: Account, creation: string): Change | undefined => {
  const drifts = differing(effect, account).filter((it) => isMendable(it.kind));
  const [first] = drifts;
  if (first === undefined) return undefined;
  const { kind, name } = first;
  return {
    action: kind === 'FUNCTION' ? 'replace' : 'alter',
    kind,
    name,
    what: drifts.map((it) => `${it.property.toLowerCase()} from ${it.is}`).join(', '),
    text: mending(kind, name, drifts, creation),
  };
};

type Missing = Omit<Change, 'text'> | undefined;

const missing = (effect: Effect, account: Account, anew: ReadonlyMap<string, string>): Missing => {
  if (effect.does === 'grant' || effect.does === 'grant all' || effect.does === 'grant role')
    return ungranted(effect, account, anew);
  const { kind, name } = effect;
  const key = `${kind} ${name}`;
  const found = account.objects.get(key);
  const change = (action: Action, what = ''): Missing => ({ action, kind, name, what });
  switch (effect.does) {
    case 'create':
      return found ? undefined : change('create');
    case 'define':
      return found === undefined ? change('create') : found.text === effect.text ? undefined : change('replace');
    case 'add column':
      return account.columns.get(name)?.has(effect.column) || isNamedIn(anew.get(key), effect.column)
        ? undefined
        : change('alter', `column ${effect.column}`);
    case 'add row':
      return found !== undefined && (found.rows ?? 0) > 0 ? undefined : change('alter', 'its row');
    case 'set':
      return isSet(effect, account) ? undefined : change('alter', effect.property.toLowerCase());
    case 'suspend':
      return found?.isStarted === true && !anew.has(key) && !isHandedOver(effect, account)
        ? change('suspend')
        : undefined;
    case 'resume':
      return found?.isStarted === true && !anew.has(key) && isHandedOver(effect, account)
        ? undefined
        : change('resume');
  }
};

// Only the grants of the definition's own roles were asked for.
const isHandedOver = ({ kind, name }: { readonly kind: string; readonly name: string }, { grants }: Account): boolean =>
  grants.some((it) => it.privilege === 'OWNERSHIP' && it.kind === kind && it.name === name);

// A table that is created now has the columns that its statement names.
const isNamedIn = (text: string | undefined, column: string): boolean =>
  text !== undefined && new RegExp(`\\b${column}\\b`).test(text);

// What Snowflake shows of a key has lost its line ends; of a workload identity it shows that there is one.
const isSet = ({ name, property, value }: Extract<Effect, { does: 'set' }>, { properties }: Account): boolean => {
  const shown = properties.get(`${name} ${property}`)?.replace(/\s+/g, '');
  if (property === 'WORKLOAD_IDENTITY')
    return shown === 'true' || (shown ?? '').includes(/arn:[^']+/.exec(value)?.[0] ?? value);
  return shown !== undefined && shown === value.replace(/\s+/g, '');
};

const ungranted = (
  effect: Extract<Effect, { does: 'grant' | 'grant all' | 'grant role' }>,
  account: Account,
  anew: ReadonlyMap<string, string>,
): Missing => {
  const { role } = effect;
  const has = (privilege: string, kind: string, name: string): boolean =>
    account.grants.some((it) => it.role === role && it.privilege === privilege && it.kind === kind && it.name === name);
  if (effect.does === 'grant role') {
    const { kind, name } = effect;
    return account.memberships.has(`${role} ${kind} ${name}`)
      ? undefined
      : { action: 'grant', kind, name, what: `role ${role}` };
  }
  if (effect.does === 'grant') {
    const { kind, name, privileges } = effect;
    const lacks = anew.has(`${kind} ${name}`) ? privileges : privileges.filter((it) => !has(it, kind, name));
    return lacks.length === 0 ? undefined : { action: 'grant', kind, name, what: `${lacks.join(', ')} to ${role}` };
  }
  const { privilege, schema, future } = effect;
  const tables = [...account.objects.keys()]
    .filter((it) => it.startsWith(`TABLE ${schema}.`))
    .map((it) => it.slice('TABLE '.length));
  const isThere = future
    ? account.futureGrants.has(`${role} ${privilege} ${schema}`)
    : tables.length > 0 && tables.every((it) => has(privilege, 'TABLE', it));
  return isThere
    ? undefined
    : {
        action: 'grant',
        kind: 'SCHEMA',
        name: schema,
        what: `${privilege} on ${future ? 'future' : 'all'} tables to ${role}`,
      };
};
