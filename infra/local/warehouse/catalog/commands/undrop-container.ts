import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import { restoreGrants } from '../../roles/object-grants.ts';
import type { DroppedContainer } from '../dropped-container.ts';
import { alreadyExists, notFound, purged } from '../errors.ts';
import type { ContainerDetails } from '../object.ts';
import { containerPath } from './containers.ts';

const DAY_MILLISECONDS = 86_400_000;

/** UNDROP DATABASE and SCHEMA: they come back with all that was in them, and with what was granted. */
export const undropContainers: readonly Command[] = (['DATABASE', 'SCHEMA'] as const).map((kind) =>
  command(`UNDROP ${kind}`, (context) => undrop(context, kind)),
);

const undrop = async (context: StatementContext, kind: 'DATABASE' | 'SCHEMA'): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('UNDROP', kind);
  const path = containerPath(context, kind, cursor.name());
  cursor.finish();
  const { session, startedAt } = context;
  const { catalog } = context.warehouse;
  return context.define([{ key: `${kind} ${path.join('.')}`, mode: 'define' }], async (_, change) => {
    const dropped = catalog.find(`DROPPED ${kind}`, path) as DroppedContainer | undefined;
    if (kind === 'SCHEMA' && catalog.find('DATABASE', path.slice(0, 1)) === undefined)
      throw notFound('DATABASE', path.slice(0, 1));
    const { objects, grants, droppedOn } = dropped?.details ?? { objects: [], grants: [], droppedOn: '' };
    const [container] = objects;
    const days = (container?.details as ContainerDetails | undefined)?.retentionDays ?? 0;
    if (dropped === undefined || Date.parse(droppedOn) + days * DAY_MILLISECONDS < startedAt.getTime())
      throw purged(path, kind);
    session.access.require('OWNERSHIP', dropped);
    if (catalog.find(kind, path) !== undefined) throw alreadyExists(path);
    await change.remove(dropped);
    // Its database may have got another name meanwhile.
    for (const object of objects) await change.put({ ...object, path: [...path, ...object.path.slice(path.length)] });
    await restoreGrants(session, change, grants);
    return status(`${kind === 'DATABASE' ? 'Database' : 'Schema'} ${path.at(-1)!} successfully restored.`);
  });
};
