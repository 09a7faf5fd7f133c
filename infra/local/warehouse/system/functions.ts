import { streamHasData } from '../streams/has-data.ts';
import type { SystemFunction } from './system-function.ts';

/** All SYSTEM$ functions that can stand in an expression. */
export const SYSTEM_FUNCTIONS: ReadonlyMap<string, SystemFunction> = new Map([
  ['SYSTEM$STREAM_HAS_DATA', streamHasData],
]);
