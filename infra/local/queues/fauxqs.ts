import type { buildApp } from 'fauxqs';

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
export type App = ReturnType<typeof buildApp>;
export type SqsStore = Stores['sqsStore'];
export type SnsStore = Stores['snsStore'];
export type S3Store = Stores['s3Store'];
export type Ledger = NonNullable<SqsStore['persistence']>;

/** One of fauxqs' inner classes; fails by name should another version have moved it. */
const part = async (file: string, name: string): Promise<unknown> => {
  const module = (await import(new URL(file, import.meta.resolve('fauxqs')).href)) as Record<string, unknown>;
  if (typeof module[name] !== 'function') throw new Error(`fauxqs has no ${name} in ${file}: its version changed`);
  return module[name];
};

/**
 * The stores behind fauxqs' server, empty and in memory. Its own `startFauxqs` listens on every network interface and keeps its stores to
 * itself; assembling the same parts lets the stack listen on loopback alone, mend the ledger and hear of uploads as they happen.
 */
export const stores = async (): Promise<Stores> => {
  const Sqs = (await part('./sqs/sqsStore.js', 'SqsStore')) as new () => SqsStore;
  const Sns = (await part('./sns/snsStore.js', 'SnsStore')) as new () => SnsStore;
  const S3 = (await part('./s3/s3Store.js', 'S3Store')) as new () => S3Store;
  return { sqsStore: new Sqs(), snsStore: new Sns(), s3Store: new S3() };
};

/** The class that writes all of it to SQLite. */
export const ledgerClass = async () =>
  (await part('./persistence.js', 'PersistenceManager')) as new (dataDir: string) => Ledger;
