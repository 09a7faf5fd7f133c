import * as z from 'zod';
import { BatchId } from '../../../events/contract.ts';
import { Refusal } from '../refusal.ts';

const Row = z.record(z.string(), z.unknown());

/** The document that started the classic jobs; what it says is understood, and nothing else is accepted. */
export const ClassicDocument = z.strictObject({
  stage: z.string().optional(),
  env: z.string().optional(),
  /** The pipeline, or the step. */
  task: z.string().optional(),
  /** `all`: every step that follows, too. */
  mode: z.string().nullish(),
  /** The step, perhaps with more around its name: `firn-dev-transform`. */
  lambdaName: z.string().optional(),
  hasExtraction: z.boolean().optional(),
  kwarg: z.looseObject({ pipeline: z.string().optional(), batchId: BatchId.optional() }).nullish(),
  data: z.union([z.array(Row).min(1), Row]),
});

/** A classic document, understood. */
export interface Work {
  readonly pipeline: string;
  readonly step: string | undefined;
  readonly isAll: boolean;
  readonly batchId: string | undefined;
  /** Whether `data` holds nested documents; otherwise rows, by the names of columns. */
  readonly hasExtraction: boolean;
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

/** Whether a document is meant as a classic one: it has data, and no event's type. */
export const isClassic = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'data' in value && !('detail-type' in value) && !('traceId' in value);

/** Reads a classic document; refuses by name what has no meaning here. */
export const readClassic = (
  value: unknown,
  known: {
    readonly pipelines: readonly string[];
    readonly steps: readonly string[];
    readonly stages: readonly string[];
  },
): Work => {
  const parsed = ClassicDocument.safeParse(value);
  if (!parsed.success) throw new Refusal(`the classic document can't be read:\n${z.prettifyError(parsed.error)}`);
  const { stage, env, task, mode, lambdaName, hasExtraction = true, kwarg, data } = parsed.data;
  for (const it of [stage, env])
    if (it !== undefined && !known.stages.includes(it.toLowerCase()))
      throw new Refusal(`the classic document is for ${it}, and this runs on ${known.stages[0]}`, {
        next: 'the same command with --stage dev or --stage prod, or without it for the laptop',
      });
  if (mode && !['all', 'step'].includes(mode)) throw new Refusal(`mode ${mode} has no meaning here: all or step`);
  const named = kwarg?.pipeline ?? (task !== undefined && known.pipelines.includes(task) ? task : undefined);
  const pipeline = named ?? (known.pipelines.length === 1 ? known.pipelines[0] : undefined);
  if (pipeline === undefined || !known.pipelines.includes(pipeline))
    throw new Refusal(`whose data is it? task or kwarg.pipeline is one of ${known.pipelines.join(', ')}`);
  const step = known.steps.find((it) => it === task || lambdaName?.toLowerCase().includes(it));
  if (step === undefined && lambdaName !== undefined)
    throw new Refusal(`lambdaName ${lambdaName} is no step: ${known.steps.join(', ')}`);
  if (step === undefined && task !== undefined && task !== pipeline)
    throw new Refusal(`task ${task} is neither a pipeline nor a step`);
  return {
    pipeline,
    step,
    isAll: mode === 'all',
    batchId: kwarg?.batchId,
    hasExtraction,
    data: Array.isArray(data) ? data : [data],
  };
};
