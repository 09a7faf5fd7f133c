import { createHead, isTemporary } from '../../catalog/create-head.ts';
import { keyOf } from '../../catalog/object.ts';
import { createOwn, dropOwn, findObject, ownObjects } from '../../catalog/own-objects.ts';
import { invalid, unsupported } from '../../catalog/errors.ts';
import { rename } from '../../catalog/commands/rename.ts';
import { alterObject, createObject, dropObject, pathIn } from '../../catalog/lifecycle.ts';
import { showCommand } from '../../catalog/show.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, text, timestamp } from '../../session/outcome.ts';
import { readOptions, type Options } from '../format-options.ts';
import { text as shown } from '../option-text.ts';
import { resolveFormat } from '../resolve-format.ts';
import { describeStage } from './describe-stage.ts';
import { listFiles, refreshDirectory } from '../directory.ts';
import { findStage, splitUrl } from '../stage-access.ts';
import type { StageDetails, StageObject } from '../stage-object.ts';

const KNOWN = new Set([
  'URL',
  'STORAGE_INTEGRATION',
  'CREDENTIALS',
  'ENCRYPTION',
  'FILE_FORMAT',
  'COPY_OPTIONS',
  'DIRECTORY',
  'COMMENT',
  'AWS_ACCESS_POINT_ARN',
  'USE_PRIVATELINK_ENDPOINT',
]);

/** CREATE, ALTER, DROP, SHOW and DESCRIBE of stages. */
export const stageCommands: readonly Command[] = [
  command('CREATE STAGE', async (context) => {
    const cursor = context.cursor();
    const { name, ...head } = createHead(cursor, 'STAGE');
    const options = readOptions(cursor, () => true);
    cursor.finish();
    const details = detailsOf(options, context, { format: {}, copyOptions: {}, directory: false });
    const creation = {
      ...head,
      kind: 'STAGE',
      path: pathIn(context, name),
      comment: shown(options['COMMENT']),
    } as const;
    if (isTemporary(head)) {
      if (details.directory) throw unsupported('a directory table of a temporary stage');
      return createOwn<StageDetails>(context, creation, details);
    }
    return createObject<StageDetails>(context, {
      ...creation,
      make: async () => details,
      more: async (change, object) => {
        // An external stage's directory table is filled when it is made, an internal one's is empty until a refresh.
        if (details.directory && details.url !== undefined && directoryOption(options, 'REFRESH_ON_CREATE') !== false)
          await change.put({
            ...object,
            details: { ...details, files: await listFiles(context, object as StageObject) },
          });
      },
    });
  }),
  command('ALTER STAGE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'STAGE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    if (ifExists && findObject(context.session, 'STAGE', path) === undefined)
      return status('Statement executed successfully.');
    if (cursor.accept('REFRESH')) {
      const within = cursor.accept('SUBPATH', '=') ? cursor.string() : '';
      cursor.finish();
      return refreshDirectory(context, findStage(context.session, path), within);
    }
    if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'STAGE', path);
    if (cursor.accept('UNSET', 'COMMENT')) {
      cursor.finish();
      return alterObject<StageDetails>(context, 'STAGE', path, async (stage) => ({ ...stage, comment: '' }));
    }
    cursor.expect('SET');
    const options = readOptions(cursor, () => true);
    cursor.finish();
    return alterObject<StageDetails>(context, 'STAGE', path, async (stage) => ({
      ...stage,
      comment: options['COMMENT'] === undefined ? stage.comment : shown(options['COMMENT']),
      details: detailsOf(options, context, stage.details),
    }));
  }),
  command('DROP STAGE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'STAGE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropOwn(context, 'STAGE', path) ?? dropObject(context, 'STAGE', path, ifExists);
  }),
  showCommand({
    words: 'STAGES',
    kinds: ['STAGE'],
    more: ownObjects('STAGE'),
    columns: [
      timestamp('created_on'),
      text('name'),
      text('database_name'),
      text('schema_name'),
      text('url'),
      text('has_credentials'),
      text('has_encryption_key'),
      text('owner'),
      text('comment'),
      text('region'),
      text('type'),
      text('cloud'),
      text('notification_channel'),
      text('storage_integration'),
      text('endpoint'),
      text('owner_role_type'),
      text('directory_enabled'),
    ],
    row: (object, { warehouse, session }) => {
      const { id, path, createdOn, owner, comment, details } = object as StageObject;
      const { url, integration, directory } = details;
      const region = url === undefined ? null : (warehouse.options.s3?.region ?? null);
      return [
        new Date(createdOn),
        path[2],
        path[0],
        path[1],
        url ?? '',
        'N',
        'N',
        owner,
        comment,
        region,
        `${url === undefined ? 'INTERNAL' : 'EXTERNAL'}${session.own.get(keyOf('STAGE', path))?.id === id ? ' TEMPORARY' : ''}`,
        url === undefined ? null : 'AWS',
        null,
        integration ?? null,
        null,
        'ROLE',
        directory ? 'Y' : 'N',
      ];
    },
  }),
  ...describeStage,
];

const detailsOf = (options: Options, context: StatementContext, old: StageDetails): StageDetails => {
  const unknown = Object.keys(options).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw invalid(`invalid parameter '${unknown}'`);
  const url = options['URL'] === undefined ? old.url : shown(options['URL']);
  if (url !== undefined) splitUrl(url);
  const format = group(options, 'FILE_FORMAT') ?? old.format;
  resolveFormat(context.session, format);
  const integration =
    options['STORAGE_INTEGRATION'] === undefined ? old.integration : shown(options['STORAGE_INTEGRATION']);
  return {
    ...(url !== undefined && { url }),
    ...(integration !== undefined && { integration }),
    format,
    copyOptions: group(options, 'COPY_OPTIONS') ?? old.copyOptions,
    directory:
      directoryOption(options, 'ENABLE') === undefined ? old.directory : directoryOption(options, 'ENABLE') === true,
    ...(old.files && directoryOption(options, 'ENABLE') !== false && { files: old.files }),
  };
};

const directoryOption = (options: Options, name: string): Options[string] | undefined => {
  const given = group(options, 'DIRECTORY');
  if (given?.['AUTO_REFRESH'] === true) throw unsupported('DIRECTORY with AUTO_REFRESH');
  return given?.[name];
};

const group = (options: Options, name: string): Options | undefined => {
  const value = options[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { FORMAT_NAME: value };
  if (Array.isArray(value) && value.length === 0) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`invalid value for ${name}`);
  return value as Options;
};
