import { createHead } from '../catalog/create-head.ts';
import { invalid, notFound } from '../catalog/errors.ts';
import { createObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { parseCopy } from '../copy/parse-copy.ts';
import { command, type Command } from '../session/command.ts';
import { status, text, timestamp } from '../session/outcome.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import type { PipeDetails } from './pipe-object.ts';

/** CREATE, DROP, REFRESH and SHOW of pipes. */
export const pipeCommands: readonly Command[] = [
  command('CREATE PIPE', async (context) => {
    const cursor = context.cursor();
    const { name, ...head } = createHead(cursor, 'PIPE');
    const { AUTO_INGEST = false, COMMENT = '', ...others } = parseProperties(cursor);
    const [other] = Object.keys(others);
    if (other !== undefined) throw invalid(`invalid parameter '${other}'`);
    cursor.expect('AS');
    const { text: written, tokens } = context.statement;
    const copy = written.slice(cursor.peek().start - tokens[0]!.start);
    parseCopy(new Cursor(tokenize(copy)));
    const details: PipeDetails = { autoIngest: AUTO_INGEST === true, copy };
    return createObject<PipeDetails>(context, {
      ...head,
      kind: 'PIPE',
      path: pathIn(context, name),
      comment: propertyText(COMMENT),
      make: async () => details,
    });
  }),
  command('DROP PIPE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'PIPE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'PIPE', path, ifExists);
  }),
  command('ALTER PIPE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'PIPE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.expect('REFRESH');
    cursor.finish();
    const pipe = context.warehouse.catalog.find('PIPE', path);
    if (pipe === undefined && !ifExists) throw notFound('PIPE', path);
    for (const tell of context.warehouse.onObjectCreated) tell();
    return status('Statement executed successfully.');
  }),
  showCommand({
    words: 'PIPES',
    kinds: ['PIPE'],
    columns: [
      timestamp('created_on'),
      text('name'),
      text('database_name'),
      text('schema_name'),
      text('definition'),
      text('owner'),
      text('comment'),
    ],
    row: ({ path, createdOn, owner, comment, details }) => [
      createdOn,
      path[2]!,
      path[0]!,
      path[1]!,
      (details as PipeDetails).copy,
      owner,
      comment,
    ],
  }),
];
