import { basename, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { unsupported } from '../../catalog/errors.ts';
import { parseProperties, type Property } from '../../catalog/properties.ts';
import { SnowflakeError } from '../../contract.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { filePattern } from '../file-pattern.ts';
import { locate, type StageLocation } from '../stage-access.ts';
import { parseStageReference } from '../stage-reference.ts';

const PARALLEL = 4;

/** PUT and GET: the driver is told where the files lie on this machine, and copies them itself. */
export const transferCommands: readonly Command[] = [
  command('PUT', async (context) => {
    const cursor = context.cursor();
    cursor.expect('PUT');
    const source = fileAddress(cursor);
    const location = stageLocation(cursor, context, 'WRITE');
    const { AUTO_COMPRESS, OVERWRITE, SOURCE_COMPRESSION, ...rest } = parseProperties(cursor);
    cursor.finish();
    const directory = join(directoryOf(location), location.prefix);
    await mkdir(directory, { recursive: true });
    return told(rest['PARALLEL'], {
      command: 'UPLOAD',
      src_locations: [source],
      autoCompress: AUTO_COMPRESS !== false,
      overwrite: OVERWRITE === true,
      sourceCompression: typeof SOURCE_COMPRESSION === 'string' ? SOURCE_COMPRESSION.toLowerCase() : 'auto_detect',
      stageInfo: { locationType: 'LOCAL_FS', location: `${directory}/`, path: '', creds: {} },
    });
  }),
  command('GET', async (context) => {
    const cursor = context.cursor();
    cursor.expect('GET');
    const location = stageLocation(cursor, context, 'READ');
    const target = fileAddress(cursor);
    const { PATTERN, ...rest } = parseProperties(cursor);
    cursor.finish();
    const matches = filePattern(typeof PATTERN === 'string' ? PATTERN : undefined);
    const files = (await location.store.list(location.prefix)).map(({ key }) => key).filter(matches);
    return told(rest['PARALLEL'], {
      command: 'DOWNLOAD',
      src_locations: files,
      localLocation: target,
      stageInfo: { locationType: 'LOCAL_FS', location: `${directoryOf(location)}/`, path: '', creds: {} },
    });
  }),
];

const told = (parallel: Property | undefined, transfer: Readonly<Record<string, unknown>>): Outcome => ({
  ...status(''),
  transfer: { ...transfer, parallel: Number(parallel ?? PARALLEL), operation: 'Node' },
});

const fileAddress = (cursor: Cursor): string => {
  const token = cursor.next();
  if (token.kind !== 'uri' && token.kind !== 'string') throw unexpected(token);
  const [, path] = /^file:\/\/(.+)$/.exec(token.value) ?? [];
  if (path === undefined) throw unexpected(token);
  return path;
};

const stageLocation = (cursor: Cursor, { session }: StatementContext, privilege: 'READ' | 'WRITE'): StageLocation => {
  const token = cursor.next();
  if (token.kind !== 'stage' && !(token.kind === 'string' && token.value.startsWith('@'))) throw unexpected(token);
  const reference = parseStageReference(token.value.replace(/^@/, ''));
  if (reference.path.split('/').includes('..'))
    throw unsupported(`'..' in the path of a stage (${basename(reference.path)})`);
  return locate(session, reference, privilege);
};

const directoryOf = ({ store }: StageLocation): string => {
  if (store.directory === undefined)
    throw new SnowflakeError(
      '091003',
      '22000',
      'Failure using stage area. Cause: [GET and PUT commands are not supported with external stage]',
    );
  return store.directory;
};
