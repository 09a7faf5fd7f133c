import { SnowflakeError } from '../contract.ts';
import { unsupported } from './failures.ts';
import type { Type, Typed } from './types.ts';

/** What a specification such as `en-ci-trim` says. */
interface Collation {
  readonly locale: string | undefined;
  readonly specifiers: ReadonlySet<string>;
}

const SPECIFIERS = ['cs', 'ci', 'as', 'ai', 'ps', 'pi', 'fl', 'fu', 'upper', 'lower', 'trim', 'ltrim', 'rtrim'];

/** Languages in which letters with accents are no letters of their own, but for those in Spanish that carry a tilde. */
const PLAIN_ACCENTS = /^(?:de|en|es|fr|it|nl|pt)(?:_|$)/;

const parsed = (specification: string): Collation => {
  const [first = '', ...rest] = specification.toLowerCase().split('-');
  const hasLocale = !SPECIFIERS.includes(first);
  const specifiers = hasLocale ? rest : [first, ...rest];
  const unknown = specifiers.find((one) => !SPECIFIERS.includes(one));
  if (unknown !== undefined || (hasLocale && first !== 'utf8' && !/^[a-z]{2,3}(?:_[a-z]{2,4})*$/.test(first)))
    throw new SnowflakeError(
      '001058',
      '22023',
      `SQL compilation error:\nInvalid collation specification: '${specification}'.`,
    );
  const collation = { locale: hasLocale && first !== 'utf8' ? first : undefined, specifiers: new Set(specifiers) };
  const refused = ['pi', 'fu'].find((one) => collation.specifiers.has(one));
  const accents = collation.specifiers.has('ai') && !PLAIN_ACCENTS.test(collation.locale ?? '');
  const cases = collation.specifiers.has('ci') && collation.locale === undefined;
  if (refused !== undefined || accents || cases) throw unsupported(`collation ${specification}`);
  return collation;
};

/** A text type of this collation; an empty specification means none. */
export const collated = (type: Type, specification: string): Type => {
  const { collation: _, ...plain } = type;
  if (specification === '') return plain;
  parsed(specification);
  return { ...plain, collation: specification };
};

const withoutAccents = (sql: string, locale: string): string =>
  locale.startsWith('es')
    ? `translate(strip_accents(translate(${sql}, 'ñÑ', ${TILDES})), ${TILDES}, 'ñÑ')`
    : `strip_accents(${sql})`;

const TILDES = 'chr(1) || chr(2)';

/** A text without what its collation takes no account of. */
const folded = (sql: string, { locale, specifiers }: Collation): string => {
  let key = sql;
  for (const trim of ['trim', 'ltrim', 'rtrim']) if (specifiers.has(trim)) key = `${trim}(${key}, ' ')`;
  for (const fold of ['upper', 'lower']) if (specifiers.has(fold)) key = `${fold}(${key})`;
  if (locale !== undefined && specifiers.has('ai')) key = withoutAccents(key, locale);
  return locale !== undefined && specifiers.has('ci') ? `lower(${key})` : key;
};

/** What texts of a collation are compared and sorted by. */
export const collationKey = (sql: string, specification: string): string => {
  const collation = parsed(specification);
  const key = folded(sql, collation);
  return collation.locale === undefined ? key : `icu_sort_key(${key}, '${collation.locale}')`;
};

/** A text in which another one is looked for by a collation. */
export const searchKey = (sql: string, specification: string): string => folded(sql, parsed(specification));

const TURKISH = /^(?:az|tr)(?:[_-]|$)/i;

/** UPPER and LOWER of a text of a collation: in Turkish the dotless i is a letter of its own. */
export const changedCase = (sql: string, to: 'upper' | 'lower', collation: string | undefined): string => {
  if (collation === undefined || !TURKISH.test(collation)) return sql;
  return to === 'upper' ? `replace(${sql}, 'i', 'İ')` : `replace(replace(${sql}, 'I', 'ı'), 'İ', 'i')`;
};

/** The collation by which two texts are compared. */
export const sharedCollation = (a: Type, b: Type): string | undefined => {
  if (a.collation !== undefined && b.collation !== undefined && a.collation !== b.collation)
    throw unsupported(`a comparison of collations ${a.collation} and ${b.collation}`);
  return a.collation ?? b.collation;
};

/** Refuses what would have to tell texts apart by a collation and does not. */
export const uncollated = <T extends Typed>(value: T, what: string): T => {
  if (value.type.collation !== undefined) throw unsupported(`collation ${value.type.collation} in ${what}`);
  return value;
};
