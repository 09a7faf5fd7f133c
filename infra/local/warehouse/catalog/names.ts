import type { Argument, ChangesWanted, Moment, Names, Relation, Routine } from '../contract.ts';
import { SnowflakeError } from '../contract.ts';
import { functionsNamed, type FunctionObject } from '../functions/function-object.ts';
import { changesRelation } from '../time-travel/changes.ts';
import { pastRelation } from '../time-travel/past-relation.ts';
import { unsupported } from './errors.ts';
import { checkUsable } from '../materialized-views/usable.ts';
import { guarded } from '../policies/guard.ts';
import { sameColumns, type Guarded } from '../policies/policy-object.ts';
import type { StreamObject } from '../streams/stream-object.ts';
import type { NameScope } from './name-scope.ts';
import { tableRelation } from './table-relation.ts';
import { refersToItself, viewRelation } from './view-relation.ts';
import { inside } from './inside.ts';
import type { CatalogObject, SequenceDetails, TableObject, ViewObject } from './object.ts';

/** Resolves the names of one statement, and remembers all that it touched, inside views too. */
export class StatementNames implements Names {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  /** Every table, view and stream that was resolved, by key. */
  readonly touched: Map<string, Relation>;
  readonly #scope: NameScope;
  /** The views and functions around, by id. */
  readonly #views: readonly number[];
  readonly #outer: StatementNames | undefined;
  #volatile = false;

  constructor(scope: NameScope, views: readonly number[] = [], outer?: StatementNames) {
    this.touched = outer?.touched ?? new Map();
    this.#outer = outer;
    this.#scope = scope;
    this.database = scope.database;
    this.schema = scope.schema;
    this.#views = views;
  }

  /** Whether something was resolved that may be another thing the next time, although the catalog is the same. */
  get volatile(): boolean {
    return this.#volatile;
  }

  #vary(): void {
    this.#volatile = true;
    if (this.#outer !== undefined) this.#outer.#vary();
  }

  relation(parts: readonly string[]): Relation | undefined {
    const staged = parts.length === 1 ? this.#scope.staged(parts[0]!) : undefined;
    if (staged !== undefined) {
      this.#vary();
      return staged;
    }
    const path = qualify(parts, this.#scope);
    const virtual = this.#scope.warehouse.virtualRelation(path, this.#scope);
    if (virtual !== undefined) {
      this.#vary();
      return virtual;
    }
    const object = this.#scope.temporary(path) ?? this.#scope.warehouse.catalog.relation(path);
    if (object === undefined || !this.#scope.visible(object)) return undefined;
    const relation = this.#relationOf(object);
    if (relation !== undefined) this.touched.set(relationKey(relation), relation);
    return relation;
  }

  past(parts: readonly string[], wanted: Moment | ChangesWanted): Relation | undefined {
    const path = qualify(parts, this.#scope);
    const object = this.#scope.temporary(path) ?? this.#scope.warehouse.catalog.relation(path);
    if (object === undefined || !this.#scope.visible(object)) return undefined;
    if (object.kind !== 'TABLE') throw unsupported(`Time Travel of a ${object.kind.toLowerCase()}`);
    if (this.#scope.isChanging(path)) throw unsupported('Time Travel of a table that the open transaction has changed');
    this.#vary();
    const make = 'from' in wanted ? changesRelation : pastRelation;
    const bare = make(object as TableObject, wanted as never, this.#scope.warehouse);
    const relation = this.#guarded(sameColumns(bare, object as TableObject), object);
    const key = relationKey(relation);
    if (!this.touched.has(key)) this.touched.set(key, relation);
    return relation;
  }

  routines(parts: readonly string[]): readonly Routine[] {
    if (parts.length < 3 && this.database === undefined) return [];
    if (parts.length === 1 && this.schema === undefined) return [];
    return functionsNamed(this.#scope.warehouse.catalog, qualify(parts, this.#scope))
      .filter((object) => this.#scope.visible(object))
      .map((object) => this.#routine(object));
  }

  #routine(object: FunctionObject): Routine {
    if (this.#views.includes(object.id))
      throw new SnowflakeError(
        '000002',
        '0A000',
        `Unsupported feature 'SQL function ${object.details.name} that calls itself'.`,
      );
    const scope = inside(object, this.#scope);
    const external = (object.details.remote || object.details.scripted) && { external: object.id };
    const javascript = object.details.language && { javascript: object.id };
    return {
      ...object.details,
      ...external,
      ...javascript,
      names: new StatementNames(scope, [...this.#views, object.id], this),
    };
  }

  sequence(parts: readonly string[]): string | undefined {
    const object = this.#scope.warehouse.catalog.find('SEQUENCE', qualify(parts, this.#scope));
    return object !== undefined && this.#scope.visible(object)
      ? (object.details as SequenceDetails).physical
      : undefined;
  }

  variable(name: string): string | undefined {
    return this.#scope.variable(name);
  }

  tableFunction(parts: readonly string[], args: readonly Argument[]): Relation | undefined {
    this.#vary();
    return this.#scope.warehouse.tableFunction(parts, args, this.#scope);
  }

  #relationOf(object: CatalogObject): Relation | undefined {
    if (object.kind === 'TABLE') return this.#guarded(tableRelation(object as TableObject), object);
    if (object.kind === 'VIEW') return this.#guarded(this.#view(object as ViewObject), object);
    const { relationProviders, catalog } = this.#scope.warehouse;
    const relation = relationProviders.get(object.kind)?.(object, this.#scope);
    const watched = object.kind === 'STREAM' ? catalog.byId((object as StreamObject).details.tableId) : undefined;
    return relation && watched ? this.#guarded(relation, watched) : relation;
  }

  #view(view: ViewObject): Relation {
    if (this.#views.includes(view.id)) throw refersToItself(view);
    checkUsable(this.#scope.warehouse.catalog, view);
    const { relation, names } = viewRelation(
      view,
      this.#scope,
      (scope) => new StatementNames(scope, [...this.#views, view.id]),
    );
    for (const [key, each] of names.touched) this.touched.set(key, each);
    if (names.volatile) this.#vary();
    return relation;
  }

  /** The relation as policies on the table or view behind it let it be seen. */
  #guarded(relation: Relation, behind: CatalogObject): Relation {
    return guarded(relation, behind as CatalogObject<Guarded>, this.#scope, (policy) => {
      if (this.#views.includes(policy.id)) throw unsupported('a policy that reads what it guards');
      return new StatementNames(inside(policy, this.#scope), [...this.#views, policy.id], this);
    });
  }
}

/** By which locks and the commit log know a relation. */
export const relationKey = ({ database, schema, name }: { database: string; schema: string; name: string }): string =>
  `${database}.${schema}.${name}`;

/** Completes a name of one to three parts with the session's database and schema; `db..t` means the schema PUBLIC. */
export const qualify = (
  parts: readonly string[],
  scope: { database: string | undefined; schema: string | undefined },
): string[] => {
  if (parts.length > 3)
    throw new SnowflakeError('001003', '42000', `SQL compilation error:\n${parts.join('.')} has too many parts.`);
  if (parts.length === 3) return [parts[0]!, parts[1] === '' ? 'PUBLIC' : parts[1]!, parts[2]!];
  if (scope.database === undefined) throw missing('database');
  if (parts.length === 2) return [scope.database, ...parts];
  if (scope.schema === undefined) throw missing('schema');
  return [scope.database, scope.schema, ...parts];
};

const missing = (what: string): SnowflakeError =>
  new SnowflakeError(
    '090105',
    '22000',
    `Cannot perform operation. This session does not have a current ${what}. Call 'USE ${what.toUpperCase()}', or use a qualified name.`,
  );
