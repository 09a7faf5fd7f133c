import { SnowflakeError } from '../contract.ts';
import type { TableObject, ViewObject } from '../catalog/object.ts';
import { displayName } from '../sql/identifier.ts';
import type { Consumer, RelationProvider, Warehouse } from '../warehouse.ts';
import { moveOffset } from './offsets.ts';
import type { StreamObject } from './stream-object.ts';
import { STREAM_COLUMNS, streamText } from './stream-text.ts';
import { viewStreamText } from './view-stream.ts';

/** The table or view that a stream watches, if that and all tables behind it are still there. */
export const watched = (
  { catalog }: Pick<Warehouse, 'catalog'>,
  { details }: StreamObject,
): TableObject | ViewObject | undefined =>
  details.tables?.some((id) => catalog.byId(id) === undefined)
    ? undefined
    : (catalog.byId(details.tableId) as TableObject | ViewObject | undefined);

/** A stream as something to select from; one whose table is gone is refused. */
export const streamRelation: RelationProvider = (object, scope) => {
  const stream = object as StreamObject;
  const source = watched(scope.warehouse, stream);
  if (source === undefined) {
    throw new SnowflakeError(
      '091111',
      '02000',
      `SQL compilation error:\nBase table '${displayName(stream.details.table)}' dropped, cannot read from stream '${displayName(stream.path)}'.`,
    );
  }
  const [database, schema, name] = stream.path as [string, string, string];
  return {
    database,
    schema,
    name,
    kind: 'stream',
    read:
      source.kind === 'VIEW'
        ? viewStreamText(stream, source, scope)
        : streamText(stream.id, stream.details, source.details),
    columns: [...source.details.columns, ...STREAM_COLUMNS],
  };
};

/** Moves the offset of a stream that DML has read, with the commit of its transaction. */
export const consumeStream: Consumer = ({ database, schema, name }, transaction, { warehouse }) => {
  const stream = warehouse.catalog.find('STREAM', [database, schema, name]);
  if (stream === undefined) return;
  const { frontier } = transaction;
  transaction.beforeCommit.set(`stream ${stream.id}`, (run) => moveOffset(run, stream.id, frontier, warehouse.clock()));
};
