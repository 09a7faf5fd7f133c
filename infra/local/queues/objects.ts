import type { S3Store } from './fauxqs.ts';

/** An object that has just been stored, or was found at the start. */
interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
}

/** Hears of one object at a time; when it throws, it hears of the same object again a little later. */
type ObjectListener = (object: CreatedObject) => void | Promise<void>;

export interface ObjectWatch {
  /** Tells of every object that the bucket holds, then of each one that arrives: at least once, so an upload just before a crash is not missed. */
  onObjectCreated(bucket: string, listener: ObjectListener): () => void;
  close(): void;
}

type Spy = NonNullable<S3Store['spy']>;

/** Watches a store for uploads, single or in parts, and copies. */
export const watchObjects = (store: S3Store): ObjectWatch => {
  const lines = new Map<string, Set<(key: string) => void>>();
  const spy: Pick<Spy, 'addMessage'> = {
    addMessage: (event) => {
      if (event.service !== 's3' || (event.status !== 'uploaded' && event.status !== 'renamed')) return;
      for (const announce of lines.get(event.bucket) ?? []) announce(event.key);
    },
  };
  store.spy = spy as Spy;

  return {
    onObjectCreated: (bucket, listener) => {
      const line = callInTurn((key: string) => {
        const object = look(store, bucket, key);
        return object && listener(object);
      });
      const announced = lines.get(bucket) ?? new Set();
      lines.set(bucket, announced.add(line.call));
      for (const { key } of store.listObjects(bucket, { maxKeys: Infinity }).objects) line.call(key);
      return () => {
        announced.delete(line.call);
        line.stop();
      };
    },
    close: () => lines.clear(),
  };
};

/** The object as it is now; undefined when it has been deleted meanwhile. */
const look = (store: S3Store, bucket: string, key: string): CreatedObject | undefined => {
  try {
    const { contentLength, etag, lastModified } = store.headObject(bucket, key);
    return { bucket, key, size: contentLength, etag, lastModified };
  } catch {
    return undefined;
  }
};

/** Calls `run` for one item after the other, never while the caller's own work is under way; an item that fails is tried again, up to every 5 s. */
const callInTurn = <Item>(run: (item: Item) => void | Promise<void>) => {
  const waiting: Item[] = [];
  let busy = false;
  let stopped = false;
  let pause = 100;

  const next = async (): Promise<void> => {
    const item = waiting[0];
    if (stopped || item === undefined) {
      busy = false;
      return;
    }
    try {
      await run(item);
      waiting.shift();
      pause = 100;
      setImmediate(() => void next());
    } catch {
      setTimeout(() => void next(), pause).unref();
      pause = Math.min(2 * pause, 5000);
    }
  };
  return {
    call: (item: Item): void => {
      waiting.push(item);
      if (busy) return;
      busy = true;
      setImmediate(() => void next());
    },
    stop: (): void => {
      stopped = true;
    },
  };
};
