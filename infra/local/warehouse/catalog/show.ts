import type { Column } from '../contract.ts';
import type { Command, StatementContext } from '../session/command.ts';
import { STATEMENT_TYPE, table, text, type Cell, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { notFound, notThere } from './errors.ts';
import type { CatalogObject, ObjectKind } from './object.ts';
import { droppedObjects, withDropped } from './show-dropped.ts';

/** A SHOW command: `SHOW [TERSE] <words> [HISTORY] [LIKE ..] [IN ..] [STARTS WITH ..] [LIMIT ..]`. */
export interface Show {
  /** What stands after SHOW: TABLES, FILE FORMATS, ... */
  readonly words: string;
  readonly kinds: readonly ObjectKind[];
  readonly columns: readonly Column[];
  readonly row: (object: CatalogObject, context: StatementContext) => readonly Cell[] | Promise<readonly Cell[]>;
  /** What LIKE and STARTS WITH look at, where that is not the last part of the path. */
  readonly nameOf?: (object: CatalogObject) => string;
  /** Columns that TERSE keeps. */
  readonly terse?: readonly string[];
  /** What TERSE calls columns that it renames. */
  readonly terseNames?: Readonly<Record<string, string>>;
  /** Whether the objects belong to the account, not to a schema. */
  readonly global?: boolean;
  /** Which of them, where objects of one kind come in several categories. */
  readonly only?: (object: CatalogObject) => boolean;
  /** Which of them ROOT ONLY keeps, where it can be said. */
  readonly root?: (object: CatalogObject) => boolean;
  /** Objects besides those of the catalog, such as temporary tables. */
  readonly more?: (context: StatementContext, within: readonly string[]) => readonly CatalogObject[];
}

/** What a SHOW command was asked to list. */
interface Selection {
  readonly terse: boolean;
  readonly like: RegExp | undefined;
  readonly startsWith: string;
  readonly limit: number;
  readonly from: string;
  /** Whether what was dropped and can come back is listed too. */
  readonly history: boolean;
  readonly rootOnly: boolean;
  readonly within: readonly string[];
  /** Privileges that the role must have on what is listed. */
  readonly privileges: readonly string[];
}

/** Makes the command that lists all objects of a kind which the role may see. */
export const showCommand = ({
  words,
  kinds,
  columns,
  row,
  terse = [],
  terseNames = {},
  global = false,
  more,
  only = () => true,
  root,
  nameOf = lastPart,
}: Show): Command => ({
  matches: (first) => {
    const [show, ...rest] = first;
    if (rest[0] === 'TERSE') rest.shift();
    return show === 'SHOW' && words.split(' ').every((word, i) => rest[i] === word);
  },
  run: async (context) => {
    const asked = parseShow(context.cursor(), words, context, root !== undefined);
    const wanted = { ...asked, within: asked.within.slice(0, global ? 0 : Math.max(0, depthOf(kinds[0]!) - 1)) };
    const { catalog } = context.warehouse;
    const dropped = wanted.history ? droppedObjects(catalog, kinds, wanted.within) : new Map<CatalogObject, Date>();
    const objects = [
      ...kinds.flatMap((kind) => catalog.list(kind, wanted.within)),
      ...(more?.(context, wanted.within) ?? []),
      ...dropped.keys(),
    ]
      .filter(
        (object) =>
          only(object) && !(asked.rootOnly && !root?.(object)) && chosen(object, nameOf(object), wanted, context),
      )
      .toSorted((a, b) => (a.path.join('\0') < b.path.join('\0') ? -1 : 1));
    const rows: (readonly Cell[])[] = [];
    const listed = objects.slice(0, wanted.limit);
    for (const object of listed) rows.push(await row(object, context));
    const plain = table(columns, rows, STATEMENT_TYPE.select);
    const whole = wanted.history ? withDropped(plain, listed, dropped) : plain;
    return wanted.terse && terse.length > 0 ? pick(whole, terse, listed, terseNames) : whole;
  },
});

const lastPart = ({ path }: CatalogObject): string => path.at(-1)!;

const chosen = (
  object: CatalogObject,
  name: string,
  { like, startsWith, from, within, privileges }: Selection,
  { session }: StatementContext,
): boolean => {
  return (
    within.every((part, i) => object.path[i] === part) &&
    (like?.test(name) ?? true) &&
    name.startsWith(startsWith) &&
    name >= from &&
    session.access.visible(object) &&
    privileges.every((privilege) => session.access.allows(privilege, object))
  );
};

/** The columns of these names; TERSE shows NULL in those that a kind has not, and the kind of views. */
const pick = (
  outcome: Outcome,
  names: readonly string[],
  listed: readonly CatalogObject[],
  renamed: Readonly<Record<string, string>>,
): Outcome => {
  const places = names.map((name) => outcome.columns.findIndex((column) => column.name === name));
  return {
    ...outcome,
    columns: places.map((at, i) => {
      const name = names[i]!;
      return { ...(outcome.columns[at] ?? text(name)), name: renamed[name] ?? name };
    }),
    rows: outcome.rows.map((row, i) =>
      places.map((at, j) => row[at] ?? (names[j] === 'kind' && listed[i]?.kind === 'VIEW' ? 'VIEW' : null)),
    ),
  };
};

const parseShow = (cursor: Cursor, words: string, context: StatementContext, graphs: boolean): Selection => {
  cursor.expect('SHOW');
  const terse = cursor.accept('TERSE');
  cursor.expect(...words.split(' '));
  const history = cursor.accept('HISTORY');
  const like = cursor.accept('LIKE') ? likePattern(cursor.string()) : undefined;
  const within = parseScope(cursor, context);
  const startsWith = cursor.accept('STARTS', 'WITH') ? cursor.string() : '';
  const rootOnly = graphs && cursor.accept('ROOT', 'ONLY');
  const limit = cursor.accept('LIMIT') ? cursor.number() : Number.POSITIVE_INFINITY;
  const from = cursor.accept('FROM') ? cursor.string() : '';
  const privileges = cursor.accept('WITH', 'PRIVILEGES') ? privilegeList(cursor) : [];
  cursor.finish();
  return { terse, like, startsWith, rootOnly, history, limit, from, within, privileges };
};

const privilegeList = (cursor: Cursor): string[] => {
  const list: string[] = [];
  do {
    const words = [cursor.identifier()];
    while (!cursor.atEnd && !cursor.at(',')) words.push(cursor.identifier());
    list.push(words.join(' '));
  } while (cursor.accept(','));
  return list;
};

/** Reads `IN ACCOUNT | DATABASE x | SCHEMA x | x`; without it, the session's schema, else its database, else the account. */
export const parseScope = (cursor: Cursor, { session, warehouse }: StatementContext): string[] => {
  if (!cursor.accept('IN')) return [session.database, session.schema].filter((part) => part !== undefined);
  if (cursor.accept('ACCOUNT')) return [];
  const kind = cursor.acceptAny(['DATABASE', 'SCHEMA']);
  const named = cursor.peek().kind === 'word' || cursor.peek().kind === 'quoted';
  const atClause = cursor.at('STARTS', 'WITH') || cursor.at('LIMIT');
  const name = named && !atClause ? cursor.name() : [];
  const path = scopePath(kind, name, session);
  const found = path.length === 1 ? warehouse.catalog.find('DATABASE', path) : warehouse.catalog.find('SCHEMA', path);
  if (path[1] !== 'INFORMATION_SCHEMA' && (found === undefined || !session.access.visible(found)))
    throw kind === undefined ? notThere() : notFound(path.length === 1 ? 'DATABASE' : 'SCHEMA', path);
  return path;
};

const scopePath = (
  kind: string | undefined,
  name: readonly string[],
  session: StatementContext['session'],
): string[] => {
  const database = (): string => session.needDatabase();
  if (kind === 'DATABASE') return [name[0] ?? database()];
  if (name.length === 0) return [database(), session.schema ?? 'PUBLIC'];
  if (name.length === 1 && kind === undefined && session.database === undefined) return [...name];
  if (
    name.length === 1 &&
    kind === undefined &&
    session.warehouse.catalog.find('SCHEMA', [database(), name[0]!]) === undefined
  )
    return [...name];
  return name.length === 1 ? [database(), name[0]!] : [...name];
};

/** A LIKE pattern of SHOW: % and _ are wild, the letters' case does not matter. */
export const likePattern = (pattern: string): RegExp => {
  const plain = (part: string): string => part.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  const source = pattern.replace(/\\([\s\S])|[%_]|[^%_\\]+|\\/g, (part, escaped?: string) => {
    if (escaped !== undefined) return plain(escaped);
    return part === '%' ? String.raw`[\s\S]*` : part === '_' ? String.raw`[\s\S]` : plain(part);
  });
  return new RegExp(`^${source}$`, 'i');
};

const depthOf = (kind: ObjectKind): number => (kind === 'DATABASE' ? 1 : kind === 'SCHEMA' ? 2 : 3);
