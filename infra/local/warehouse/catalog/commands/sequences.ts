import { command, type Command, type StatementContext } from '../../session/command.ts';
import type { Run } from '../../engine/duck.ts';
import { integer, status, text, timestamp, type Cell } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { createHead } from '../create-head.ts';
import { unsupported } from '../errors.ts';
import { alterObject, createObject, dropObject, pathIn } from '../lifecycle.ts';
import type { CatalogObject, SequenceDetails } from '../object.ts';
import { parseProperties, propertyText } from '../properties.ts';
import { showCommand } from '../show.ts';
import { lastValue } from '../table-source.ts';
import { physicalName, sequenceSql } from '../physical.ts';
import { rename } from './rename.ts';

/** A sequence that a column's default counts on cannot go. */
const dropPhysical = async (run: Run, object: CatalogObject): Promise<void> => {
  try {
    await run(`DROP SEQUENCE ${(object as CatalogObject<SequenceDetails>).details.physical}`);
  } catch (error) {
    if (!/depend/i.test((error as Error).message)) throw error;
    throw unsupported(`DROP SEQUENCE while the default of a column calls it: ${object.path.join('.')}`);
  }
};

/** What SHOW and DESCRIBE say of a sequence. */
export const SEQUENCE_COLUMNS = [
  text('name'),
  text('database_name'),
  text('schema_name'),
  integer('next_value'),
  integer('interval'),
  timestamp('created_on'),
  text('owner'),
  text('comment'),
  text('owner_role_type'),
  text('ordered'),
];

/** A sequence as SHOW and DESCRIBE list it. */
export const sequenceRow = async (
  { path, createdOn, owner, comment, details }: CatalogObject,
  { session }: StatementContext,
): Promise<Cell[]> => {
  const { physical, start, step } = details as SequenceDetails;
  const last = await lastValue(session.duck, physical);
  return [
    path[2],
    path[0],
    path[1],
    last === undefined ? start : last + step,
    step,
    new Date(createdOn),
    owner,
    comment,
    'ROLE',
    'N',
  ];
};

/** CREATE, DROP, ALTER and SHOW of sequences. */
export const sequenceCommands: readonly Command[] = [
  command('CREATE SEQUENCE', async (context) => {
    const cursor = context.cursor();
    const head = createHead(cursor, 'SEQUENCE');
    cursor.accept('WITH');
    const { start = 1, step = 1, comment = '' } = parseOptions(cursor);
    const path = pathIn(context, head.name);
    return createObject<SequenceDetails>(context, {
      ...head,
      kind: 'SEQUENCE',
      path,
      comment,
      make: async (run, id) => {
        const physical = physicalName(path, id, false);
        await run(sequenceSql(physical, start, step));
        return { physical, start, step };
      },
      unmake: dropPhysical,
    });
  }),
  command('DROP SEQUENCE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'SEQUENCE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'SEQUENCE', path, ifExists, dropPhysical);
  }),
  command('ALTER SEQUENCE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'SEQUENCE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    if (ifExists && context.warehouse.catalog.find('SEQUENCE', path) === undefined)
      return status('Statement executed successfully.');
    if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'SEQUENCE', path);
    const unset = cursor.accept('UNSET', 'COMMENT');
    if (!unset) cursor.accept('SET');
    const options = unset ? { comment: '' } : parseOptions(cursor);
    cursor.finish();
    return alterObject<SequenceDetails>(context, 'SEQUENCE', path, async (sequence, run) => ({
      ...sequence,
      comment: options.comment ?? sequence.comment,
      details: options.step === undefined ? sequence.details : await stepped(context, run, sequence, options.step),
    }));
  }),
  showCommand({
    words: 'SEQUENCES',
    kinds: ['SEQUENCE'],
    columns: SEQUENCE_COLUMNS,
    row: sequenceRow,
  }),
];

const parseOptions = (cursor: Cursor): { start?: number; step?: number; comment?: string } => {
  const found: { start?: number; step?: number; comment?: string } = {};
  for (;;) {
    if (cursor.accept('START')) found.start = numberAfter(cursor, 'WITH');
    else if (cursor.accept('INCREMENT')) found.step = numberAfter(cursor, 'BY');
    else if (cursor.at('COMMENT')) found.comment = propertyText(parseProperties(cursor)['COMMENT']);
    else if (cursor.acceptAny(['ORDER', 'NOORDER']) === undefined) break;
  }
  cursor.finish();
  return found;
};

/** A sequence that counts by another step behind its next value, which is fixed already; its name in DuckDB is new, since what was there has its old step. */
const stepped = async (
  { session }: Pick<StatementContext, 'session'>,
  run: Run,
  { path, id, details }: CatalogObject<SequenceDetails>,
  step: number,
): Promise<SequenceDetails> => {
  if (step === details.step) return details;
  const last = await lastValue(session.duck, details.physical);
  await dropPhysical(run, { path, details } as CatalogObject);
  const physical = physicalName([...path.slice(0, 2), `${path[2]!}#${step}`], id, false);
  await run(sequenceSql(physical, last === undefined ? details.start : last + details.step, step));
  return { physical, start: details.start, step };
};

const numberAfter = (cursor: Cursor, word: string): number => {
  cursor.accept(word);
  cursor.accept('=');
  return cursor.number();
};
