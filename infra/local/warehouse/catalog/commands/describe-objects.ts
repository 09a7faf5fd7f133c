import { command, type Command, type StatementContext } from '../../session/command.ts';
import { STATEMENT_TYPE, table, text, timestamp, type Outcome } from '../../session/outcome.ts';
import { notFound } from '../errors.ts';
import { pathIn } from '../lifecycle.ts';
import type { CatalogObject } from '../object.ts';
import { containerPath } from './containers.ts';
import { SEQUENCE_COLUMNS, sequenceRow } from './sequences.ts';

const COLUMNS = [timestamp('created_on'), text('name'), text('kind')];

const DESCRIBED = ['DATABASE', 'SCHEMA', 'WAREHOUSE'] as const;

/** DESCRIBE of databases and schemas: what is in them; of warehouses: the warehouse. */
export const describeObjects: readonly Command[] = ['DESCRIBE', 'DESC'].flatMap((verb) => [
  ...DESCRIBED.map((kind) => command(`${verb} ${kind}`, async (context) => describe(context, kind))),
  command(`${verb} SEQUENCE`, async (context) => sequence(context)),
]);

const describe = (context: StatementContext, kind: (typeof DESCRIBED)[number]): Outcome => {
  const cursor = context.cursor();
  cursor.next();
  cursor.expect(kind);
  const name = cursor.name();
  cursor.finish();
  const path = kind === 'WAREHOUSE' ? name : containerPath(context, kind, name);
  const { catalog } = context.warehouse;
  const found = catalog.find(kind, path);
  if (found === undefined || !context.session.access.visible(found)) throw notFound(kind, path);
  const listed = kind === 'WAREHOUSE' ? [found] : catalog.contents(path).filter((one) => isListed(one, path, context));
  const rows = listed
    .toSorted((a, b) => (a.path.join('\0') < b.path.join('\0') ? -1 : 1))
    .map((one) => [new Date(one.createdOn), (one.details as { name?: string }).name ?? one.path.at(-1), one.kind]);
  return table(COLUMNS, rows, STATEMENT_TYPE.select);
};

const isListed = (one: CatalogObject, within: readonly string[], { session }: StatementContext): boolean =>
  one.path.length === within.length + 1 && !one.kind.startsWith('DROPPED') && session.access.visible(one);

/** DESCRIBE SEQUENCE says what SHOW SEQUENCES says of it. */
const sequence = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.next();
  cursor.expect('SEQUENCE');
  const path = pathIn(context, cursor.name());
  cursor.finish();
  const found = context.warehouse.catalog.find('SEQUENCE', path);
  if (found === undefined || !context.session.access.visible(found)) throw notFound('SEQUENCE', path);
  return table(SEQUENCE_COLUMNS, [await sequenceRow(found, context)], STATEMENT_TYPE.select);
};
