import { invalid, unsupported } from './errors.ts';
import { POLICY_KINDS } from '../policies/policy-object.ts';
import type { Cursor } from '../sql/cursor.ts';

/** The beginning of a CREATE statement, up to and including the name. */
export interface CreateHead {
  readonly orReplace: boolean;
  readonly orAlter: boolean;
  readonly ifNotExists: boolean;
  readonly modifiers: ReadonlySet<string>;
  /** As written: one to three folded parts. */
  readonly name: string[];
}

/** What CREATE OR ALTER can do. */
const ALTERABLE = new Set<string>([
  'TABLE',
  'TASK',
  'STREAM',
  'SCHEMA',
  'DATABASE',
  'WAREHOUSE',
  'ROLE',
  'TAG',
  'ALERT',
  ...POLICY_KINDS,
]);

const MODIFIERS = ['TRANSIENT', 'TEMPORARY', 'TEMP', 'VOLATILE', 'LOCAL', 'GLOBAL', 'SECURE', 'RECURSIVE', 'FORCE'];

/** Whether what is created lasts as long as the session. */
export const isTemporary = ({ modifiers }: Pick<CreateHead, 'modifiers'>): boolean =>
  ['TEMPORARY', 'TEMP', 'VOLATILE'].some((word) => modifiers.has(word));

/** Reads `CREATE [OR REPLACE] [modifiers] <kind> [IF NOT EXISTS] <name>`. */
export const createHead = (cursor: Cursor, kind: string): CreateHead => {
  cursor.expect('CREATE');
  if (cursor.at('OR', 'ALTER') && !ALTERABLE.has(kind)) throw unsupported(`CREATE OR ALTER ${kind}`);
  const orAlter = cursor.accept('OR', 'ALTER');
  const orReplace = cursor.accept('OR', 'REPLACE');
  const modifiers = new Set<string>();
  for (let word = cursor.acceptAny(MODIFIERS); word !== undefined; word = cursor.acceptAny(MODIFIERS))
    modifiers.add(word);
  cursor.expect(...kind.split(' '));
  const before = cursor.accept('IF', 'NOT', 'EXISTS');
  const name = cursor.name();
  // The words may stand behind the name as well.
  const ifNotExists = before || cursor.accept('IF', 'NOT', 'EXISTS');
  if (ifNotExists && orReplace) throw invalid('options IF NOT EXISTS and OR REPLACE are incompatible.');
  return { orReplace, orAlter, ifNotExists, modifiers, name };
};
