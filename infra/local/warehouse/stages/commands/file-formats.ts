import { rename } from '../../catalog/commands/rename.ts';
import { createHead, isTemporary } from '../../catalog/create-head.ts';
import { createOwn, dropOwn, findObject, ownObjects } from '../../catalog/own-objects.ts';
import { alterObject, createObject, dropObject, pathIn } from '../../catalog/lifecycle.ts';
import { showCommand } from '../../catalog/show.ts';
import { command, type Command } from '../../session/command.ts';
import { status, STATEMENT_TYPE, table, text, timestamp } from '../../session/outcome.ts';
import { checkedOptions, FORMAT_DEFAULTS, type FormatType } from '../file-format.ts';
import { readOptions, type Options } from '../format-options.ts';
import { text as shown } from '../option-text.ts';
import { findFormat } from '../resolve-format.ts';
import type { FileFormatDetails } from '../stage-object.ts';

const split = ({ COMMENT = '', ...options }: Options): { comment: string; options: Options } => ({
  comment: shown(COMMENT),
  options,
});

/** CREATE, ALTER, DROP, SHOW and DESCRIBE of file formats. */
export const fileFormatCommands: readonly Command[] = [
  command('CREATE FILE FORMAT', async (context) => {
    const cursor = context.cursor();
    const { name, ...head } = createHead(cursor, 'FILE FORMAT');
    const { comment, options } = split(readOptions(cursor, () => true));
    cursor.finish();
    const checked = checkedOptions(options);
    const creation = { ...head, kind: 'FILE FORMAT', path: pathIn(context, name), comment } as const;
    if (isTemporary(head)) return createOwn<FileFormatDetails>(context, creation, { options: checked });
    return createObject<FileFormatDetails>(context, {
      ...creation,
      make: async () => ({ options: checked }),
    });
  }),
  command('ALTER FILE FORMAT', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'FILE', 'FORMAT');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    if (ifExists && findObject(context.session, 'FILE FORMAT', path) === undefined)
      return status('Statement executed successfully.');
    if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'FILE FORMAT', path);
    cursor.expect('SET');
    const { comment, options } = split(readOptions(cursor, () => true));
    cursor.finish();
    return alterObject<FileFormatDetails>(context, 'FILE FORMAT', path, async (format) => ({
      ...format,
      comment: comment || format.comment,
      details: { options: checkedOptions({ ...format.details.options, ...options }) },
    }));
  }),
  command('DROP FILE FORMAT', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'FILE', 'FORMAT');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropOwn(context, 'FILE FORMAT', path) ?? dropObject(context, 'FILE FORMAT', path, ifExists);
  }),
  showCommand({
    words: 'FILE FORMATS',
    kinds: ['FILE FORMAT'],
    more: ownObjects('FILE FORMAT'),
    columns: [
      timestamp('created_on'),
      text('name'),
      text('database_name'),
      text('schema_name'),
      text('type'),
      text('owner'),
      text('comment'),
      text('format_options'),
      text('owner_role_type'),
    ],
    row: ({ path, createdOn, owner, comment, details }) => {
      const { options } = details as FileFormatDetails;
      const all = allOptions(options);
      return [
        new Date(createdOn),
        path[2],
        path[0],
        path[1],
        shown(all['TYPE']),
        owner,
        comment,
        JSON.stringify(all, (_, value: unknown) => (typeof value === 'string' ? shown(value) : value)),
        'ROLE',
      ];
    },
  }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} FILE FORMAT`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'FILE', 'FORMAT');
      const name = cursor.name();
      cursor.finish();
      const all = allOptions(
        findFormat(context.session, name.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')).details.options,
      );
      const defaults = FORMAT_DEFAULTS[all['TYPE'] as FormatType];
      const rows = Object.entries(all).map(([option, value]) => [
        option,
        kindOf(value),
        shown(value),
        shown(defaults[option]),
      ]);
      return table(
        [text('property'), text('property_type'), text('property_value'), text('property_default')],
        rows,
        STATEMENT_TYPE.select,
      );
    }),
  ),
];

const allOptions = (options: Options): Options => ({
  ...FORMAT_DEFAULTS[(options['TYPE'] ?? 'CSV') as FormatType],
  ...options,
});

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'List'
    : (({ boolean: 'Boolean', number: 'Integer' } as Record<string, string>)[typeof value] ?? 'String');
