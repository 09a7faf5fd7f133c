import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { newestOf } from '../../../services/coordinator/replay/stages.ts';
import { foldBatches, STAGES, type BatchView, type StageName } from './batch-view.ts';

/** What one stage made of a batch, by the newest attempt that came through it. */
export interface StageLife {
  readonly stage: StageName;
  readonly attempt: number;
  /** Documents for extract, rows for the others. */
  readonly rowsIn: number | null;
  readonly rowsOut: number;
  /** Held back or superseded. */
  readonly rowsLess: number;
  readonly table: string;
}

/** The whole life of a batch. */
export interface BatchLife {
  readonly view: BatchView;
  readonly events: readonly BatchEvent[];
  readonly stages: readonly StageLife[];
}

/** A batch's life out of its events; undefined where there are none. */
export const batchLife = (all: readonly BatchEvent[]): BatchLife | undefined => {
  const events = [...new Map(all.map((it) => [it.id, it])).values()].toSorted((a, b) =>
    a.time < b.time ? -1 : a.time > b.time ? 1 : a.attempt - b.attempt,
  );
  const [view] = foldBatches(events);
  if (!view) return undefined;
  return { view, events, stages: STAGES.flatMap((stage) => stageLife(events, stage) ?? []) };
};

const stageLife = (events: readonly BatchEvent[], stage: StageName): StageLife | undefined => {
  const said = newestOf(events.filter((it) => stageOf(it) === stage));
  switch (said?.type) {
    case 'batch.extracted.v1': {
      const { documents, rows, table } = said.data;
      return { stage, attempt: said.attempt, rowsIn: documents, rowsOut: rows, rowsLess: 0, table };
    }
    case 'batch.validated.v1': {
      const { rows, quarantined, table } = said.data;
      const rowsOut = rows - quarantined.rows;
      return { stage, attempt: said.attempt, rowsIn: rows, rowsOut, rowsLess: quarantined.rows, table };
    }
    case 'batch.transformed.v1': {
      const { rows, superseded, table } = said.data;
      const rowsIn = rows + superseded.rows;
      return { stage, attempt: said.attempt, rowsIn, rowsOut: rows, rowsLess: superseded.rows, table };
    }
    case 'batch.loaded.v1': {
      const { rows, superseded, target: table } = said.data;
      const rowsIn = rows + superseded.rows;
      return { stage, attempt: said.attempt, rowsIn, rowsOut: rows, rowsLess: superseded.rows, table };
    }
    default:
      return undefined;
  }
};

const stageOf = (event: BatchEvent): StageName | undefined => {
  switch (event.type) {
    case 'batch.extracted.v1':
      return 'extract';
    case 'batch.validated.v1':
      return event.data.stage === 'extracted' ? 'validate-extracted' : 'validate-transformed';
    case 'batch.transformed.v1':
      return 'transform';
    case 'batch.loaded.v1':
      return 'load';
    default:
      return undefined;
  }
};
