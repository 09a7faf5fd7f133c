import { STAGES, type BatchView } from '../flow/batch-view.ts';
import { landedOf, type Expected, type FlowState } from '../flow/flow-state.ts';
import { grouped } from './numbers.ts';

const BAR_WIDTH = 20;

/** A bar of blocks, as full as `done` is of `all`; full where there is nothing to do. */
export const bar = (done: number, all: number, width = BAR_WIDTH): string => {
  const filled = all === 0 ? width : Math.min(width, Math.floor((done / all) * width));
  return '█'.repeat(filled) + '░'.repeat(width - filled);
};

export const snowpipeLine = (state: FlowState, files: readonly Expected[]): string => {
  const { done, all } = landedOf(state, files);
  return `Snowpipe        ${bar(done, all)} ${grouped(done)} of ${grouped(all)} documents loaded`;
};

/** The stream: what has landed, less what it still holds. */
export const streamLine = (state: FlowState, files: readonly Expected[]): string => {
  const { all } = landedOf(state, files);
  const moved = Math.max(0, landedOf(state, files).done - state.inStream);
  return `Stream, TASK1   ${bar(moved, all)} ${grouped(state.inStream)} wait in the stream`;
};

/** The trigger: what has been streamed, less what it has not claimed. */
export const triggerLine = (state: FlowState, files: readonly Expected[]): string => {
  const { all, done } = landedOf(state, files);
  const claimed = Math.max(0, done - state.inStream - state.waiting);
  const age = state.waiting > 0 ? `, the oldest for ${state.oldestSeconds} s` : '';
  return `TASK2           ${bar(claimed, all)} ${grouped(state.waiting)} wait to be claimed${age}`;
};

const NEXT: Readonly<Record<string, string>> = {
  extract: 'extracting',
  'validate-extracted': 'validating',
  transform: 'transforming',
  'validate-transformed': 'validating',
  load: 'loading',
};

const doing = (batch: BatchView): string => {
  if (batch.status === 'complete' || batch.status === 'loaded') return `${grouped(batch.loaded)} rows loaded`;
  if (batch.status === 'failed') return `failed in ${batch.failure?.service ?? 'an unknown service'}`;
  const next = STAGES.find((it) => !batch.done.includes(it));
  const amount = batch.rows > 0 ? `${grouped(batch.rows)} rows` : `${grouped(batch.documents.in)} documents`;
  return `${NEXT[next ?? 'load']} ${amount}`;
};

/** One batch on its way through the five stages. */
export const batchLine = (batch: BatchView): string =>
  `${batch.batchId.padEnd(23)} ${bar(batch.done.length, STAGES.length, STAGES.length * 2)} ${doing(batch)}`;
