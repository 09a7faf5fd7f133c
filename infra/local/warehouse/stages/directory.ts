import { invalid, notFound } from '../catalog/errors.ts';
import { qualify } from '../catalog/names.ts';
import { valuesText } from '../catalog/values-text.ts';
import type { StatementContext } from '../session/command.ts';
import { integer, STATEMENT_TYPE, table, text, type Outcome } from '../session/outcome.ts';
import { alterObject } from '../catalog/lifecycle.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { open } from './stage-access.ts';
import type { ListedFile, StageDetails, StageObject } from './stage-object.ts';
import { parseStageReference } from './stage-reference.ts';

const COLUMNS = [
  text('RELATIVE_PATH'),
  integer('SIZE'),
  { name: 'LAST_MODIFIED', type: 'timestamp_tz', scale: 3, nullable: true },
  text('MD5'),
  text('ETAG'),
  text('FILE_URL'),
] as const;

/** What a stage holds now, as its directory table lists it. */
export const listFiles = async (context: StatementContext, stage: StageObject, within = ''): Promise<ListedFile[]> => {
  const { store, base } = open(context.session, stage);
  const found = await store.list(base + within);
  return found.map(({ key, size, etag, lastModified }) => ({
    path: key.slice(base.length),
    size,
    etag,
    modified: lastModified.toISOString(),
  }));
};

/** ALTER STAGE ... REFRESH: the directory table becomes what the stage holds, and tells what is new, changed or gone. */
export const refreshDirectory = async (
  context: StatementContext,
  stage: StageObject,
  within: string,
): Promise<Outcome> => {
  if (!stage.details.directory) throw invalid(`Stage ${stage.path.join('.')} has no directory table.`);
  const found = await listFiles(context, stage, within);
  const known = stage.details.files ?? [];
  const before = new Map(known.map((file) => [file.path, file]));
  const now = new Set(found.map(({ path }) => path));
  const isNew = (file: ListedFile): string | undefined => {
    const old = before.get(file.path);
    if (old === undefined) return 'REGISTERED_NEW';
    return old.etag === file.etag && old.modified === file.modified ? undefined : 'REGISTERED_UPDATE';
  };
  const registered = found.flatMap((file) => {
    const how = isNew(file);
    return how === undefined ? [] : [[file.path, how, 'File registered successfully.']];
  });
  const gone = known.filter(({ path }) => path.startsWith(within) && !now.has(path));
  const files = [...known.filter(({ path }) => !path.startsWith(within)), ...found].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  await alterObject<StageDetails>(context, 'STAGE', stage.path, async (object) => ({
    ...object,
    details: { ...object.details, files },
  }));
  const rows = [...registered, ...gone.map(({ path }) => [path, 'UNREGISTERED', 'File unregistered successfully.'])];
  return table(['file', 'status', 'description'].map(text), rows, STATEMENT_TYPE.select);
};

/** `DIRECTORY(@stage)` in FROM: the files as of the last refresh. */
export const directoryTable: TableFunctionProvider = ([argument], scope) => {
  const written = argument?.sql.replace(/^'|'$/g, '').replaceAll("''", "'") ?? '';
  const { name } = parseStageReference(written.replace(/^@/, ''));
  const path = qualify(name, scope);
  const stage = scope.warehouse.catalog.find('STAGE', path) as StageObject | undefined;
  if (stage === undefined || !scope.visible(stage)) throw notFound('STAGE', path);
  if (!stage.details.directory) throw invalid(`Stage ${path.join('.')} has no directory table.`);
  const url = `https://local.snowflakecomputing.com/api/files/${path.map(encodeURIComponent).join('/')}/`;
  const rows = (stage.details.files ?? []).map(({ path: relative, size, etag, modified }) => [
    relative,
    size,
    { sql: `{'utc': TIMESTAMP '${modified.replace('T', ' ').slice(0, -1)}', 'off': 0}` },
    /^[0-9a-f]{32}$/.test(etag) ? etag : null,
    etag,
    url + relative.split('/').map(encodeURIComponent).join('/'),
  ]);
  return {
    database: path[0]!,
    schema: path[1]!,
    name: 'DIRECTORY',
    kind: 'view',
    columns: COLUMNS,
    read: valuesText(COLUMNS, rows),
  };
};
