import { relationKey } from '../catalog/names.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { unsupported } from '../catalog/errors.ts';
import type { Outcome } from '../session/outcome.ts';
import type { StagedFile } from '../stages/file-store.ts';
import { chooseFiles } from './choose-files.ts';
import { planCopy, type CopyPlan } from './copy-plan.ts';
import { copyOutcome, type FileResult } from './file-result.ts';
import { evolves, evolveTable } from './evolve.ts';
import { convertFiles, type Converted } from './load-files.ts';
import { alreadyLoaded, remember, type Loader } from './load-history.ts';
import { parseCopy } from './parse-copy.ts';
import { PIPE_ON_ERROR } from './copy-options.ts';
import { pipeLoads, type PipeLoad } from './pipe-load.ts';
import { keepErrors, rejectedRows, validationOutcome } from './validate.ts';

/** COPY INTO <table>: loads what the table has not loaded yet, in one transaction. */
export const copyCommand: Command = command('COPY INTO', async (context) => {
  const { session, statement, startedAt } = context;
  const { text, tokens } = statement;
  const pipe = pipeLoads.get(session);
  const onError = pipe && PIPE_ON_ERROR;
  const planned = (): CopyPlan =>
    planCopy(session, parseCopy(context.cursor()), text, tokens[0]!.start, startedAt, onError);
  let plan = planned();
  if (evolves(plan, context)) {
    const loader: Loader = { tableId: plan.table.id, pipeId: pipe?.pipeId ?? 0 };
    const files = await pending(session.duck, plan, loader, context.warehouse.clock());
    if (await evolveTable(context, plan, files)) plan = planned();
  }
  if (plan.options.validation !== undefined) return validated(context, plan);
  const results = await load(context, plan, pipe);
  await keepErrors(context, plan, results);
  if (plan.options.purge)
    for (const { file, status } of results)
      if (status === 'LOADED') await plan.location.store.remove(file.key).catch(() => undefined);
  return copyOutcome(results, plan.options.returnFailedOnly);
});

/** VALIDATION_MODE: reads and converts as COPY would, and tells what went wrong instead of loading. */
const validated = async ({ session, warehouse }: StatementContext, plan: CopyPlan): Promise<Outcome> => {
  if (plan.transforms) throw unsupported('VALIDATION_MODE of COPY with a transformation');
  const all = plan.options.validation === 'RETURN_ALL_ERRORS';
  const loader: Loader = { tableId: plan.table.id, pipeId: 0 };
  const files = all
    ? await chooseFiles(plan.location, plan.options)
    : await pending(session.duck, plan, loader, warehouse.clock());
  const options = { ...plan.options, onError: { kind: 'continue' } } as const;
  const converted = await convertFiles(session, { ...plan, options }, files);
  await converted.close();
  return validationOutcome(await rejectedRows(plan, converted.results));
};

const load = async (
  context: StatementContext,
  plan: CopyPlan,
  pipe: PipeLoad | undefined,
): Promise<readonly FileResult[]> => {
  const { session, warehouse, startedAt } = context;
  const { table } = plan;
  const [database, schema, name] = table.path as [string, string, string];
  const key = relationKey({ database, schema, name });
  const loader: Loader = { tableId: table.id, pipeId: pipe?.pipeId ?? 0 };
  const into = {
    table: table.path,
    pipe: pipe?.path,
    stageLocation: plan.location.store.root + plan.location.base,
    at: startedAt,
  };
  let converted: Converted | undefined;
  const open = session.transactions.current;
  try {
    return await context.change(
      // The second lock keeps two statements from loading the same file at once.
      {
        locks: [
          { key, mode: 'insert' },
          { key: `COPY ${key}`, mode: 'modify' },
        ],
        touches: [key],
        writes: [key],
        repeatable: true,
      },
      async (run) => {
        converted ??= await convertFiles(
          session,
          plan,
          pipe
            ? await pipe.choose(await chooseFiles(plan.location, plan.options), plan.location.store.root)
            : await pending(session.duck, plan, loader, warehouse.clock()),
        );
        const count = await converted.insert(run);
        for (const result of converted.results)
          await remember(run, loader, result, { ...into, ...(pipe && { receivedAt: result.file.lastModified }) });
        await pipe?.settle(run);
        return { result: converted.results, counts: [count] };
      },
    );
  } finally {
    if (open === undefined) await converted?.close();
    else if (converted) session.onClose(() => void converted?.close());
  }
};

const pending = async (
  duck: Parameters<typeof alreadyLoaded>[0],
  { location, options }: CopyPlan,
  loader: Loader,
  now: Date,
) => {
  const files = await chooseFiles(location, options);
  if (options.force) return withinLimit(files, options.sizeLimit);
  const loaded = await alreadyLoaded(duck, loader, now);
  return withinLimit(
    files.filter(({ key, etag }) => !loaded.has(location.store.root + key, etag)),
    options.sizeLimit,
  );
};

/** Files up to the one with which the limit is reached. */
const withinLimit = (files: readonly StagedFile[], limit: number): readonly StagedFile[] => {
  let bytes = 0;
  return files.filter(({ size }) => {
    const begins = bytes < limit;
    bytes += size;
    return begins;
  });
};
