import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '@polyglot-sql/sdk';
import { Catalog } from './catalog/catalog.ts';
import { virtualRelation } from './metadata/information-schema.ts';
import type { NameScope } from './catalog/name-scope.ts';
import type { CatalogObject, ObjectKind } from './catalog/object.ts';
import { COMMANDS } from './commands.ts';
import type { Argument, Relation } from './contract.ts';
import { CommitLog } from './engine/commit-log.ts';
import { Database } from './engine/database.ts';
import { Locks } from './engine/locks.ts';
import { Mutex } from './engine/mutex.ts';
import { TransactionNumbers } from './engine/transaction-numbers.ts';
import type { Transaction } from './engine/transaction.ts';
import type { TransactionSpace } from './engine/transaction-settings.ts';
import { SERVICES, type Service } from './services.ts';
import type { FunctionDetails } from './functions/function-object.ts';
import type { Command, StatementContext } from './session/command.ts';
import { roleAccess } from './roles/role-access.ts';
import type { ModifyHook } from './session/modifying.ts';
import { PlanCache } from './session/plan.ts';
import { QueryHistory } from './session/query-history.ts';
import { refuseSystemFunction, refuseSystemView } from './catalog/refused-system-objects.ts';
import { Logins } from './session/logins.ts';
import { TABLE_FUNCTIONS } from './table-functions.ts';
import { Session, type SessionOptions } from './session/session.ts';
import { NATIVE_FUNCTIONS } from './translation/native/functions.ts';
import { followFormats } from './session/commands/session-commands.ts';
import { isOutputFormat } from './session/output-formats.ts';
import { MACROS } from './translation/macros.ts';
import { TableVersions } from './time-travel/versions.ts';
import { tablesNamed } from './time-travel/tables-named.ts';

/** An AWS service that the warehouse talks to. */
export interface Endpoint {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How a warehouse is set up; everything may be left out. */
export interface WarehouseOptions {
  /** Where the database file lies; in memory without it. */
  readonly dataDir?: string;
  readonly clock?: () => Date;
  readonly s3?: Endpoint;
  readonly sns?: Endpoint;
  /** For how long an external function is tried again whose service is busy or away; 10 seconds without it. */
  readonly remotePatienceSeconds?: number;
  /** Lets sessions see what others have committed up to this much later, as Snowflake's READ_CONSISTENCY_MODE = SESSION may; at once without it. */
  readonly lateCommitsMs?: number;
  /** Default of the session parameter TIMEZONE. */
  readonly timeZone?: string;
}

/** Makes a relation of a catalog object that is neither table nor view. */
export type RelationProvider = (object: CatalogObject, scope: NameScope) => Relation | undefined;
/** Hears that the open transaction has read a relation by DML. */
export type Consumer = (relation: Relation, transaction: Transaction, session: Session) => void;
/** Computes a function for rows of arguments, which are JSON arrays. */
export type AnswerByScript = (
  context: StatementContext,
  details: FunctionDetails,
  rows: readonly string[],
) => Promise<(string | null)[]>;
/** Makes a relation of a table function's call. */
export type TableFunctionProvider = (args: readonly Argument[], scope: NameScope) => Relation | undefined;

/** The warehouse without its protocol: catalog, engine, sessions, and the places where its parts plug in. */
export class Warehouse {
  readonly options: WarehouseOptions;
  readonly database: Database;
  readonly catalog: Catalog;
  readonly space: TransactionSpace;
  readonly versions: TableVersions;
  /** When the rows of tables were last changed, by their id. */
  readonly changedAt = new Map<number, Date>();
  readonly history: QueryHistory;
  readonly logins = new Logins();
  readonly commands: readonly Command[] = COMMANDS;
  /** Told of each DML that read such a relation, inside its transaction: a stream moves its offset by `beforeCommit`. */
  readonly consumers = new Map<ObjectKind, Consumer>();
  /** Told of each statement that changes rows which are there. */
  readonly modifying: ModifyHook[] = [];
  /** Told that an object has been created in some bucket; pipes look what there is to load. */
  readonly onObjectCreated: (() => void)[] = [];
  readonly relationProviders = new Map<ObjectKind, RelationProvider>();
  /** Answers calls of functions whose body is a block of Snowflake Scripting. */
  answerByScript: AnswerByScript | undefined;
  /** By name without database: `RESULT_SCAN`, `INFORMATION_SCHEMA.TASK_HISTORY`. */
  readonly tableFunctions = new Map<string, TableFunctionProvider>(TABLE_FUNCTIONS);
  readonly clock: () => Date;
  readonly timeZone: string;
  readonly plans = new PlanCache();
  readonly #services: Service[] = [];
  readonly #sessions = new Set<Session>();

  private constructor(
    options: WarehouseOptions,
    database: Database,
    catalog: Catalog,
    numbers: TransactionNumbers,
    versions: TableVersions,
    results: string,
  ) {
    this.options = options;
    this.database = database;
    this.catalog = catalog;
    this.clock = options.clock ?? (() => new Date());
    this.versions = versions;
    this.space = {
      numbers,
      locks: new Locks(this.clock),
      commits: new CommitLog(),
      clock: this.clock,
      turn: new Mutex(),
      lateCommitsMs: options.lateCommitsMs ?? 0,
      committing: async (keys) => {
        const tables = tablesNamed(keys, catalog);
        const copied = await versions.copy(tables);
        return (position) => {
          for (const { id } of tables) this.changedAt.set(id, this.clock());
          copied(position, this.clock());
        };
      },
    };
    this.history = new QueryHistory(results);
    this.timeZone = options.timeZone ?? 'America/Los_Angeles';
  }

  static async open(options: WarehouseOptions = {}): Promise<Warehouse> {
    // The parser's ESM build has waited for its WebAssembly when it was imported. Tests take the CommonJS build, which has not: importers
    // of a module that awaits at its top are compiled by Jest many times over.
    await init();
    const results = await mkdtemp(join(tmpdir(), 'warehouse-results-'));
    const database = await Database.open(options.dataDir, results);
    const numbers = new TransactionNumbers(await database.firstNumber(), (below) => database.reserveNumbers(below));
    const versions = await TableVersions.open(
      (await database.connect('UTC')).run,
      (options.clock ?? (() => new Date()))(),
    );
    const warehouse = new Warehouse(
      options,
      database,
      new Catalog(await database.objects()),
      numbers,
      versions,
      results,
    );
    for (const native of NATIVE_FUNCTIONS) database.own.register(native);
    // One by one they would be as many transactions, each with a write to the disk.
    await database.own.run(['BEGIN', ...MACROS, 'COMMIT'].join(';\n'));
    for (const start of SERVICES) warehouse.#services.push(await start(warehouse));
    return warehouse;
  }

  async openSession(options: SessionOptions): Promise<Session> {
    const duck = await this.database.connect(this.timeZone);
    const session = new Session(this, duck, await this.space.numbers.take(), roleAccess, options);
    this.#sessions.add(session);
    if (Object.keys(options.parameters ?? {}).some(isOutputFormat)) await followFormats(session);
    session.onClose(() => this.#sessions.delete(session));
    return session;
  }

  get sessions(): ReadonlySet<Session> {
    return this.#sessions;
  }

  virtualRelation(path: readonly string[], scope: NameScope): Relation | undefined {
    const found =
      path[1] === 'INFORMATION_SCHEMA' || path[0] === 'SNOWFLAKE' ? virtualRelation(this, path, scope) : undefined;
    if (found === undefined) refuseSystemView(path);
    return found;
  }

  tableFunction(parts: readonly string[], args: readonly Argument[], scope: NameScope): Relation | undefined {
    const name = parts.at(-2) === 'INFORMATION_SCHEMA' ? parts.slice(-2).join('.') : parts.join('.');
    const provider = this.tableFunctions.get(name);
    if (provider === undefined) refuseSystemFunction(name);
    return provider?.(args, scope);
  }

  async close(): Promise<void> {
    for (const service of this.#services.toReversed()) await service.close();
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await this.database.close();
    await rm(this.history.directory, { recursive: true, force: true });
  }
}
