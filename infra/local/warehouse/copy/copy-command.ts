import { relationKey } from '../catalog/names.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { chooseFiles } from './choose-files.ts';
import { planCopy, type CopyPlan } from './copy-plan.ts';
import { copyOutcome, type FileResult } from './file-result.ts';
import { convertFiles, type Converted } from './load-files.ts';
import { alreadyLoaded, remember, type Loader } from './load-history.ts';
import { parseCopy } from './parse-copy.ts';
import { PIPE_ON_ERROR } from './copy-options.ts';
import { pipeLoads, type PipeLoad } from './pipe-load.ts';

/** COPY INTO <table>: loads what the table has not loaded yet, in one transaction. */
export const copyCommand: Command = command('COPY INTO', async (context) => {
  const { session, statement, startedAt } = context;
  const { text, tokens } = statement;
  const pipe = pipeLoads.get(session);
  const onError = pipe && PIPE_ON_ERROR;
  const plan = planCopy(session, parseCopy(context.cursor()), text, tokens[0]!.start, startedAt, onError);
  const results = await load(context, plan, pipe);
  if (plan.options.purge)
    for (const { file, status } of results)
      if (status === 'LOADED') await plan.location.store.remove(file.key).catch(() => undefined);
  return copyOutcome(results, plan.options.returnFailedOnly);
});

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
  if (options.force) return files;
  const loaded = await alreadyLoaded(duck, loader, now);
  return files.filter(({ key, etag }) => !loaded.has(location.store.root + key, etag));
};
