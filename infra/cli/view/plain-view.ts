import { landedOf, type Expected, type FlowState } from '../flow/flow-state.ts';
import { eventLine } from './event-line.ts';
import type { FlowView } from './flow-view.ts';
import { grouped } from './numbers.ts';
import { visible } from './text.ts';

/** What has happened between two states, one line each; for logs and pipes. */
export const changes = (
  before: FlowState | undefined,
  after: FlowState,
  files: readonly Expected[],
): readonly string[] => {
  const lines: string[] = [];
  const { done, all } = landedOf(after, files);
  if (done > 0 && done !== (before ? landedOf(before, files).done : 0))
    lines.push(`Snowpipe has loaded ${grouped(done)} of ${grouped(all)} documents`);
  if (before && before.inStream > 0 && after.inStream === 0) lines.push('TASK1 has drained the stream');
  if (after.waiting > 0 && after.waiting !== (before?.waiting ?? 0))
    lines.push(`${grouped(after.waiting)} documents wait for TASK2`);
  const known = new Set(before?.events.map((it) => it.id));
  return [...lines, ...after.events.filter((it) => !known.has(it.id)).map(eventLine)];
};

/** Writes a line whenever something has happened. */
export const plainView = (write: (text: string) => void, files: readonly Expected[]): FlowView => {
  let before: FlowState | undefined;
  return {
    show: (state) => {
      for (const line of changes(before, state, files)) write(`${visible(line)}\n`);
      before = state;
    },
    end: async () => undefined,
  };
};
