import { SnowflakeError } from '../contract.ts';
import { notFound, unsupported } from '../catalog/errors.ts';
import { findObject } from '../catalog/own-objects.ts';
import { qualify } from '../catalog/names.ts';
import type { Session } from '../session/session.ts';
import { bucketStore, s3Client } from './bucket.ts';
import type { FileStore } from './file-store.ts';
import { namedStore, tableStore, userStore } from './internal-stages.ts';
import type { StageObject } from './stage-object.ts';
import type { StageReference } from './stage-reference.ts';

/** A place in a stage, ready to be listed and read. */
export interface StageLocation {
  readonly stage: StageObject | undefined;
  readonly store: FileStore;
  /** Key prefix of the stage itself. */
  readonly base: string;
  /** Key prefix of the path that was named. */
  readonly prefix: string;
}

/** The stage of this name that the session's role may use: by USAGE if it is external, by READ or WRITE if it is internal. */
export const findStage = (
  session: Session,
  name: readonly string[],
  privilege: 'READ' | 'WRITE' = 'READ',
): StageObject => {
  const path = qualify(name, session);
  const stage = findObject(session, 'STAGE', path);
  if (stage === undefined || !session.access.visible(stage)) throw notFound('STAGE', path);
  const { url } = (stage as StageObject).details;
  session.access.require(url === undefined ? privilege : 'USAGE', stage);
  return stage as StageObject;
};

/** Where a reference leads. */
export const locate = (
  session: Session,
  { of, name, path }: StageReference,
  privilege: 'READ' | 'WRITE' = 'READ',
): StageLocation => {
  if (of !== 'stage') {
    const store = of === 'user' ? userStore(session) : tableStore(session, name);
    return { stage: undefined, store, base: '', prefix: path };
  }
  const stage = findStage(session, name, privilege);
  return { ...open(session, stage), prefix: open(session, stage).base + path };
};

/** Where a stage's files are. */
export const open = (session: Pick<Session, 'warehouse'>, stage: StageObject): StageLocation => {
  const { url } = stage.details;
  if (url === undefined) return { stage, store: namedStore(session, stage), base: '', prefix: '' };
  return { ...locateUrl(session, url), stage };
};

/** Where an address such as `s3://bucket/path/` leads. */
export const locateUrl = ({ warehouse }: Pick<Session, 'warehouse'>, url: string): StageLocation => {
  const { bucket, key } = splitUrl(url);
  const endpoint = warehouse.options.s3;
  if (endpoint === undefined)
    throw new SnowflakeError(
      '003139',
      '58030',
      `Failure using stage area. Cause: [no S3 endpoint is set up for ${url}]`,
    );
  return { stage: undefined, store: bucketStore(clientOf(endpoint), bucket), base: key, prefix: key };
};

/** Bucket and key of an S3 address. */
export const splitUrl = (url: string): { bucket: string; key: string } => {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  if (bucket === undefined) throw unsupported(`stage URL ${url}`);
  return { bucket, key: key ?? '' };
};

const clients = new WeakMap<object, ReturnType<typeof s3Client>>();

const clientOf = (endpoint: NonNullable<Session['warehouse']['options']['s3']>): ReturnType<typeof s3Client> => {
  const known = clients.get(endpoint);
  if (known) return known;
  const made = s3Client(endpoint);
  clients.set(endpoint, made);
  return made;
};
