import { unexpected } from '../../sql/syntax-error.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { integer, STATEMENT_TYPE, table, text } from '../../session/outcome.ts';
import { filePattern } from '../file-pattern.ts';
import { locate, type StageLocation } from '../stage-access.ts';
import { parseStageReference } from '../stage-reference.ts';

/** LIST and REMOVE of staged files. */
export const fileCommands: readonly Command[] = ['LIST', 'LS', 'REMOVE', 'RM'].map((word) =>
  command(word, async (context) => {
    const { location, matches } = target(context, word);
    const found = (await location.store.list(location.prefix)).filter(({ key }) => matches(key));
    if (word === 'LIST' || word === 'LS') {
      const rows = found.map(({ key, size, etag, lastModified }) => [
        location.store.root + key,
        size,
        etag,
        lastModified.toUTCString(),
      ]);
      return table([text('name'), integer('size'), text('md5'), text('last_modified')], rows, STATEMENT_TYPE.select);
    }
    for (const { key } of found) await location.store.remove(key);
    return table(
      [text('name'), text('result')],
      found.map(({ key }) => [location.store.root + key, 'removed']),
      STATEMENT_TYPE.select,
    );
  }),
);

const target = (
  context: StatementContext,
  word: string,
): { location: StageLocation; matches: (key: string) => boolean } => {
  const cursor = context.cursor();
  cursor.expect(word);
  const token = cursor.next();
  if (token.kind !== 'stage' && !(token.kind === 'string' && token.value.startsWith('@'))) throw unexpected(token);
  const reference = parseStageReference(token.value.replace(/^@/, ''));
  let pattern: string | undefined;
  if (cursor.accept('PATTERN')) {
    cursor.expect('=');
    pattern = cursor.string();
  }
  cursor.finish();
  return {
    location: locate(context.session, reference, word === 'REMOVE' || word === 'RM' ? 'WRITE' : 'READ'),
    matches: filePattern(pattern),
  };
};
