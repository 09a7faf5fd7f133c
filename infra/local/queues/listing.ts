import type { S3Store } from './fauxqs.ts';

/** Lists objects in the order of their keys' bytes, as S3 does; fauxqs sorts by locale but pages by code unit, and so skips keys between pages. */
export const listInByteOrder = (store: S3Store): void => {
  const list = store.listObjects.bind(store);
  store.listObjects = (bucket, options = {}) => {
    if (options.delimiter) return list(bucket, options);
    const { objects } = list(bucket, { prefix: options.prefix ?? '', maxKeys: Infinity });
    const after = Buffer.from(options.startAfter ?? options.marker ?? '');
    const rest = objects
      .map((object) => ({ object, bytes: Buffer.from(object.key) }))
      .filter(({ bytes }) => Buffer.compare(bytes, after) > 0)
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
      .map(({ object }) => object);
    const maxKeys = options.maxKeys ?? 1000;
    return { objects: rest.slice(0, maxKeys), commonPrefixes: [], isTruncated: rest.length > maxKeys };
  };
};
