import type { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import type { ReplayStage } from '../../../events/contract.ts';
import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { decideReplay } from '../../../services/coordinator/replay/decide-replay.ts';
import { batchLife } from '../flow/batch-life.ts';
import { grouped } from '../view/numbers.ts';
import { visible } from '../view/text.ts';

const ORDER: readonly ReplayStage[] = ['extract', 'validate', 'transform', 'load'];

/** What a replay would do, before it is asked for. */
export interface Preview {
  readonly batchId: string;
  /** The same incident has replayed this batch already. */
  readonly isDone: boolean;
  readonly refused?: string;
  readonly attempt?: number;
  /** What runs again, in order. */
  readonly stages?: readonly string[];
  readonly emits?: string;
  /** Rows that go in again, and the table they come from. */
  readonly rows?: number;
  readonly table?: string;
  /** Rows that the batch has loaded already: they are replaced, not doubled. */
  readonly loaded: number;
}

/** What the coordinator would decide now. */
export const previewOf = (history: readonly BatchEvent[], request: ReplayRequested, now: Date): Preview => {
  const decision = decideReplay(history, request, now);
  const life = batchLife(history);
  const known = { batchId: request.batchId, loaded: life?.view.loaded ?? 0 };
  const isDone = history.some((it) => it.id === request.id);
  if ('refused' in decision) return { ...known, isDone, refused: decision.refused };
  const { event, stage } = decision;
  const data = event.data;
  const again = event.type === 'batch.transformed.v1' ? ['validate', 'load'] : stagesFrom(stage);
  const table = 'table' in data ? data.table : 'source' in data ? data.source : undefined;
  const rows = 'rows' in data ? data.rows : event.type === 'batch.triggered.v1' ? event.data.documents : 0;
  return {
    ...known,
    isDone,
    attempt: event.attempt,
    stages: again,
    emits: event.type,
    rows,
    ...(table === undefined ? {} : { table }),
  };
};

const stagesFrom = (stage: ReplayStage): readonly string[] =>
  stage === 'extract'
    ? ['extract', 'validate', 'transform', 'validate', 'load']
    : stage === 'validate'
      ? ['validate', 'transform', 'validate', 'load']
      : stage === 'transform'
        ? ['transform', 'validate', 'load']
        : ORDER.slice(3);

/** A preview as a person reads it. */
export const previewLine = (it: Preview): readonly string[] => {
  if (it.isDone) return [`  ${it.batchId}  has been replayed for this incident already`];
  if (it.refused !== undefined) return [`  ${it.batchId}  can not be replayed: ${visible(it.refused)}`];
  const loaded =
    it.loaded === 0
      ? 'nothing of it is loaded yet'
      : `${grouped(it.loaded)} rows are loaded already: they are replaced`;
  return [
    `  ${it.batchId}  attempt ${it.attempt}: ${it.stages?.join(', ')}`,
    `    ${grouped(it.rows ?? 0)} rows or documents of ${it.table?.split('.')[2] ?? '-'}; ${loaded}`,
  ];
};
