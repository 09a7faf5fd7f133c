import { ident } from '../../../shared/sql/identifier.ts';
import type { Found } from './account.ts';
import { settingsIn, type Shape } from './shape.ts';

/** One property that is another on the account than in the definition. */
export interface Drift {
  readonly kind: string;
  readonly name: string;
  readonly property: string;
  readonly is: string;
  readonly wanted: string;
}

/** What no statement changes in place: made anew it would lose rows, its place, or what it has loaded already. */
const KEPT = new Set(['TABLE', 'STREAM', 'PIPE']);

/** In which properties an object differs from its definition, as far as the account told. */
export const driftOf = (kind: string, name: string, wanted: Shape, { shape }: Found): readonly Drift[] =>
  [...wanted].flatMap(([property, value]) => {
    const is = shape?.get(property);
    return is === undefined || is === value ? [] : [{ kind, name, property, is, wanted: value }];
  });

/** Whether apply may put it right. */
export const isMendable = (kind: string): boolean => !KEPT.has(kind);

/** The statement that sets what differs of one object, in the words of the one that would create it; a function is made anew by that. */
export const mending = (kind: string, name: string, drifts: readonly Drift[], creation: string): string => {
  if (kind === 'FUNCTION') return creation;
  const settings = settingsIn(creation).filter((it) => drifts.some(({ property }) => property === it.property));
  return `alter ${kind.toLowerCase()} ${ident(name).text} set ${settings.map((it) => it.text).join(' ')}`;
};
