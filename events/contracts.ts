import type { Contract } from './contract.ts';
import { BackfillAdvanced } from './backfill-advanced.v1.ts';
import { BackfillEnded } from './backfill-ended.v1.ts';
import { BackfillInstructed } from './backfill-instructed.v1.ts';
import { BackfillRequested } from './backfill-requested.v1.ts';
import { BatchClaimed } from './batch-claimed.v1.ts';
import { BatchCompleted } from './batch-completed.v1.ts';
import { BatchExtracted } from './batch-extracted.v1.ts';
import { BatchFailed } from './batch-failed.v1.ts';
import { BatchLoaded } from './batch-loaded.v1.ts';
import { BatchTransformed } from './batch-transformed.v1.ts';
import { BatchTriggered } from './batch-triggered.v1.ts';
import { BatchValidated } from './batch-validated.v1.ts';
import { BreakerOpened } from './breaker-opened.v1.ts';
import { DiscardRequested } from './discard-requested.v1.ts';
import { QuarantineDiscarded } from './quarantine-discarded.v1.ts';
import { QuarantineReleased } from './quarantine-released.v1.ts';
import { ReleaseRequested } from './release-requested.v1.ts';
import { ReplayAnswered } from './replay-answered.v1.ts';
import { ReplayRequested } from './replay-requested.v1.ts';
import { ResumeRequested } from './resume-requested.v1.ts';
import { SchemaDrifted } from './schema-drifted.v1.ts';
import { SuspendRequested } from './suspend-requested.v1.ts';
import { TriggerResumed } from './trigger-resumed.v1.ts';
import { TriggerSuspended } from './trigger-suspended.v1.ts';

/** What happens to a batch by itself, in the order of the flow. */
export const BATCH_CONTRACTS: readonly Contract[] = [
  BatchClaimed,
  BatchTriggered,
  BatchExtracted,
  BatchValidated,
  BatchTransformed,
  BatchLoaded,
  BatchCompleted,
  BatchFailed,
];

/** What operators want of one batch, and what came of it. */
const REPLAY_CONTRACTS: readonly Contract[] = [ReplayRequested, ReplayAnswered];

/** What holds a pipeline's trigger and lets it go. */
export const TRIGGER_CONTRACTS: readonly Contract[] = [
  SuspendRequested,
  ResumeRequested,
  TriggerSuspended,
  TriggerResumed,
  BreakerOpened,
];

/** What is said about a backfill: by whoever wants it, and by the coordinator. */
export const BACKFILL_CONTRACTS: readonly Contract[] = [
  BackfillRequested,
  BackfillInstructed,
  BackfillAdvanced,
  BackfillEnded,
];

/** What operators want of documents in quarantine, and what came of it. */
export const QUARANTINE_CONTRACTS: readonly Contract[] = [
  ReleaseRequested,
  DiscardRequested,
  QuarantineReleased,
  QuarantineDiscarded,
];

/** Every contract there is. */
export const CONTRACTS: readonly Contract[] = [
  ...BATCH_CONTRACTS,
  ...REPLAY_CONTRACTS,
  ...TRIGGER_CONTRACTS,
  ...BACKFILL_CONTRACTS,
  ...QUARANTINE_CONTRACTS,
  SchemaDrifted,
];
