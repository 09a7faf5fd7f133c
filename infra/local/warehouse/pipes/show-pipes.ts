import { notThere } from '../catalog/errors.ts';
import { pathIn } from '../catalog/lifecycle.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { showCommand } from '../catalog/show.ts';
import { parseCopy } from '../copy/parse-copy.ts';
import { command, type Command } from '../session/command.ts';
import { STATEMENT_TYPE, table, text, timestamp, type Cell } from '../session/outcome.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { text as optionText } from '../stages/option-text.ts';
import type { PipeDetails } from './pipe-object.ts';

const COLUMNS = [
  timestamp('created_on'),
  text('name'),
  text('database_name'),
  text('schema_name'),
  text('definition'),
  text('owner'),
  text('notification_channel'),
  text('comment'),
  text('integration'),
  text('pattern'),
  text('error_integration'),
  text('owner_role_type'),
  text('invalid_reason'),
  text('kind'),
];

/** The PATTERN option of a pipe's COPY; null without one. */
export const pipePattern = ({ copy }: PipeDetails): string | null => {
  const pattern = parseCopy(new Cursor(tokenize(copy))).options['PATTERN'];
  return pattern === undefined ? null : optionText(pattern);
};

const row = ({ path, createdOn, owner, comment, details }: CatalogObject): Cell[] => {
  const { copy } = details as PipeDetails;
  const [database, schema, name] = path;
  const made = new Date(createdOn);
  const pattern = pipePattern(details as PipeDetails);
  return [made, name, database, schema, copy, owner, null, comment, null, pattern, null, 'ROLE', null, 'STAGE'];
};

/** SHOW PIPES and DESCRIBE PIPE; no pipe has a notification channel here, buckets tell the warehouse directly. */
export const showPipes: readonly Command[] = [
  showCommand({ words: 'PIPES', kinds: ['PIPE'], columns: COLUMNS, row }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} PIPE`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'PIPE');
      const path = pathIn(context, cursor.name());
      cursor.finish();
      const pipe = context.warehouse.catalog.find('PIPE', path);
      if (pipe === undefined || !context.session.access.visible(pipe)) throw notThere();
      return table(COLUMNS, [row(pipe)], STATEMENT_TYPE.select);
    }),
  ),
];
