import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toText } from '../../infra/cli/cells.ts';
import { audit } from '../../infra/cli/flow/audit.ts';
import { flows } from '../../infra/cli/flow/flow-tables.ts';
import { readFlow } from '../../infra/cli/flow/read-flow.ts';
import { follow } from '../../infra/cli/flow/watch.ts';
import { openSession, type Session } from '../../infra/cli/session.ts';
import { land, type Landed } from '../../infra/cli/source/landing.ts';
import { readSources } from '../../infra/cli/source/source-file.ts';
import { startStack } from '../../infra/local/stack.ts';
import type { StackOptions } from '../../infra/local/stack.types.ts';
import { count } from '../../shared/snowflake/warehouse.ts';
import type { VersionedOrder } from '../fixtures/versioned-orders.ts';

const [flow] = flows();
const PACE = { scheduleSeconds: 1, thresholdRows: 20, maxAgeSeconds: 1 };
const never = new AbortController().signal;

const landedIn = (session: Session, files: readonly Landed[]) => {
  const expected = files.map(({ key, source }) => ({ key, documents: source.documents }));
  const read = () => readFlow(session, flow!, { keys: expected.map((it) => it.key), since: new Date(0) });
  return { expected, read };
};

/** Brings the documents through a whole stack in this weather, file after file, and tells what became of them. */
export const weather = async (
  directory: string,
  documents: readonly VersionedOrder[],
  storm: Pick<StackOptions, 'chaos' | 'notify'>,
) => {
  const stack = await startStack({ dataDir: join(directory, 'state'), pace: PACE, ...storm });
  try {
    const session = await openSession(stack.endpoints.warehouse);
    const all: Landed[] = [];
    for (const file of new Set(documents.map((it) => it.file))) {
      const path = join(directory, `${file}.ndjson`);
      await writeFile(path, documents.flatMap((it) => (it.file === file ? [it.text, ''] : [])).join('\n'));
      all.push(...(await land(stack.endpoints, flow!.pipeline, await readSources([path]))));
      // Load time tells versions apart: the next file comes when this one is there.
      const { expected, read } = landedIn(session, all);
      const isThere = async (): Promise<boolean> => {
        const { landed } = await read();
        return expected.every((it) => landed.get(it.key) === it.documents);
      };
      while (!(await isThere())) await sleep(50);
    }
    const { expected, read } = landedIn(session, all);
    const { ending, state } = await follow(
      { read, show: () => undefined, stop: never },
      { files: expected, timeoutSeconds: 30 },
    );
    const rows = (text: string) => session.rows({ text });
    const size = async (table: string): Promise<number> =>
      count((await rows(`select count(*) as N from ${table}`))[0]?.['N'] ?? null);
    const result = {
      ending,
      batches: state.batches,
      audit: await audit(session, flow!, all),
      target: (await rows(`select ORDER_NUMBER, LINE_NUMBER, SKU, ORDER_TOTAL from ${flow!.target}`))
        .map((it) => Object.values(it).map(toText).join(' '))
        .sort(),
      held: await rows(`select FILE_NAME, FILE_ROW_NUMBER from ${flow!.quarantine}`),
      historyRows: await size(flow!.streamed.replace('_STREAMED', '')),
      manifestRows: await size(flow!.manifest),
    };
    await session.close();
    return result;
  } finally {
    await stack.close();
  }
};
