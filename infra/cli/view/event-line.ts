import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { plural } from './numbers.ts';

/** One event as one line, without its time and batch. */
export const eventText = (event: BatchEvent): string => {
  switch (event.type) {
    case 'batch.claimed.v1':
      return `claimed: ${plural(event.data.documents, 'document')}`;
    case 'batch.triggered.v1':
      return `triggered: ${plural(event.data.documents, 'document')}`;
    case 'batch.extracted.v1':
      return `extracted: ${plural(event.data.rows, 'row')}`;
    case 'batch.validated.v1':
      return `validated (${event.data.stage}): ${plural(event.data.rows, 'row')}${held(event.data.quarantined)}`;
    case 'batch.transformed.v1':
      return `transformed: ${plural(event.data.rows, 'row')}${superseded(event.data.superseded)}`;
    case 'batch.loaded.v1':
      return `loaded: ${plural(event.data.rows, 'row')} into ${event.data.target}${superseded(event.data.superseded)}`;
    case 'batch.completed.v1':
      return 'complete';
    case 'batch.failed.v1':
      return `FAILED in ${event.data.service}: ${event.data.error.message}`;
    case 'release.requested.v1':
      return `release from quarantine asked for by ${event.data.by}`;
    case 'quarantine.released.v1':
      return `released: ${plural(event.data.documents, 'document')} (${event.data.why})`;
    case 'replay.requested.v1':
      return `replay asked for, from ${event.data.from ?? 'where it stands'}`;
    case 'replay.answered.v1':
      return event.data.started
        ? `replay starts at ${event.data.started.stage} as attempt ${event.data.started.attempt}`
        : `replay refused: ${event.data.refused}`;
  }
};

/** One event as one line: time of day in UTC, pipeline, batch, what has happened. */
export const eventLine = (event: BatchEvent): string => {
  const attempt = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
  return `${event.time.slice(11, 19)}  ${event.pipeline}  ${event.batchId}${attempt}  ${eventText(event)}`;
};

type Counts = { readonly documents: number; readonly rows: number };

const held = ({ documents, rows }: Counts): string =>
  documents === 0 ? '' : `, ${plural(rows, 'row')} of ${plural(documents, 'document')} to quarantine`;

const superseded = ({ documents }: Counts): string =>
  documents === 0 ? '' : `, ${plural(documents, 'document')} superseded`;
