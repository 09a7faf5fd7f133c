import { relationKey, StatementNames } from '../catalog/names.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import type { DeclaredColumn } from '../catalog/object.ts';
import type { Relation, Translated } from '../contract.ts';
import { translate } from '../translation/translate.ts';
import { literal } from './literal.ts';
import type { Session } from './session.ts';

/** A translated statement with what running it takes. */
export interface Plan {
  readonly translated: Translated;
  /** Every relation that it reads or writes, through views too, by key. */
  readonly touched: ReadonlyMap<string, Relation>;
  /** DuckDB texts that are evaluated with it: its own, and the defaults of the columns that it may leave out. */
  readonly texts: readonly string[];
  /** Whether running it again on the same rows would make the same rows. */
  readonly repeatable: boolean;
}

const UNREPEATABLE = /\b(?:random|random64|uuid|uuidv4|uuidv7|gen_random_uuid|nextval|setseed)\s*\(/i;
const MOST_PLANS = 2000;

/** Translations by text, for as long as the catalog and the session's surroundings stay the same. */
export class PlanCache {
  readonly #plans = new Map<string, Plan>();
  #version = -1;

  plan(text: string, session: Session): Plan {
    const { catalog } = session.warehouse;
    if (catalog.version !== this.#version) {
      this.#plans.clear();
      this.#version = catalog.version;
    }
    const key = [
      session.database,
      session.schema,
      session.role,
      session.secondaryRoles ? session.user : '',
      session.personal ? `${session.id} ${session.epoch}` : '',
      text,
    ].join('\0');
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const names = new StatementNames(scopeOf(session));
    const translated = translate(text, names);
    const texts = [...translated.statements, ...defaultsOf(translated, names.touched)];
    const plan = {
      translated,
      touched: names.touched,
      texts,
      // Rows of files are gone once the statement has run.
      repeatable: session.staged.size === 0 && !texts.some((sql) => UNREPEATABLE.test(sql)),
    };
    if (!names.volatile) this.#keep(key, plan);
    return plan;
  }

  #keep(key: string, plan: Plan): void {
    if (this.#plans.size >= MOST_PLANS) this.#plans.clear();
    this.#plans.set(key, plan);
  }
}

/** The defaults of the tables that a statement writes. */
const defaultsOf = ({ writes }: Translated, touched: ReadonlyMap<string, Relation>): string[] =>
  writes.flatMap((name) =>
    columnDefaults((touched.get(relationKey(name))?.columns ?? []) as readonly DeclaredColumn[]),
  );

/** The DuckDB texts of the defaults of these columns. */
export const columnDefaults = (columns: readonly DeclaredColumn[]): string[] =>
  columns.flatMap(({ defaultSql }) => defaultSql ?? []);

/** How a session resolves names. */
export const scopeOf = (session: Session): NameScope => ({
  warehouse: session.warehouse,
  database: session.database,
  schema: session.schema,
  user: session.user,
  sessionId: session.id,
  queryIds: session.queryIds,
  temporary: (path) => session.temporary.get(path.join('\0')) ?? session.temporaryViews.get(path.join('\0')),
  temporaries: () => [...session.temporary.values(), ...session.temporaryViews.values()],
  staged: (name) => session.staged.get(name),
  variable: (name) => {
    const value = session.variables.get(name);
    return value === undefined ? undefined : literal(value);
  },
  isChanging: (path) => session.transactions.current?.written.has(path.join('.')) ?? false,
  visible: (object) => session.access.visible(object),
  roles: (which) => session.access.roles(which),
});
