import type { Contract } from './contract.ts';
import { BatchClaimed } from './batch-claimed.v1.ts';
import { BatchCompleted } from './batch-completed.v1.ts';
import { BatchExtracted } from './batch-extracted.v1.ts';
import { BatchFailed } from './batch-failed.v1.ts';
import { BatchLoaded } from './batch-loaded.v1.ts';
import { BatchTransformed } from './batch-transformed.v1.ts';
import { BatchTriggered } from './batch-triggered.v1.ts';
import { BatchValidated } from './batch-validated.v1.ts';

/** Every contract there is, in the order of the flow. */
export const CONTRACTS: readonly Contract[] = [
  BatchClaimed,
  BatchTriggered,
  BatchExtracted,
  BatchValidated,
  BatchTransformed,
  BatchLoaded,
  BatchCompleted,
  BatchFailed,
];
