import type { TableRef } from '../../../events/contract.ts';
import { batchLog, triggerOutbox } from '../../../services/coordinator/tables.ts';
import { PIPELINES as EXTRACTED } from '../../../services/extract/pipelines/registry.ts';
import type { ExtractPipeline } from '../../../services/extract/pipelines/definition.ts';
import { fields } from '../../../services/extract/tables.ts';
import type { LoadPipeline } from '../../../services/load/pipelines/definition.ts';
import { PIPELINES as LOADED } from '../../../services/load/pipelines/registry.ts';
import { manifest, target } from '../../../services/load/tables.ts';
import { quarantineLog, released } from '../../../services/validate/tables.ts';
import { Refusal } from '../refusal.ts';
import { stageAtWork } from '../target.ts';
import { objectNames } from '../../snowflake/deployment.ts';

/** One pipeline as the command line sees it: its two ends, and every table on the way. */
export interface Flow {
  readonly pipeline: string;
  readonly extract: ExtractPipeline;
  readonly load: LoadPipeline;
  readonly raw: TableRef;
  readonly stream: TableRef;
  readonly task2: TableRef;
  readonly streamed: TableRef;
  readonly quarantine: TableRef;
  readonly quarantineLog: TableRef;
  readonly released: TableRef;
  readonly fields: TableRef;
  readonly outbox: TableRef;
  readonly log: TableRef;
  readonly target: TableRef;
  readonly manifest: TableRef;
}

/** Every pipeline that documents can flow through from end to end. */
export const flows = (): readonly Flow[] => {
  const stage = stageAtWork();
  return EXTRACTED.flatMap((extract) => {
    const load = LOADED.find((it) => it.pipeline === extract.pipeline);
    if (!load) return [];
    const { table: raw, stream, task2, streamed, quarantine } = objectNames({ stage }, { extract });
    const into = target(stage, load);
    const [outbox, log] = [triggerOutbox(stage), batchLog(stage)];
    const { pipeline } = extract;
    return [
      {
        pipeline,
        extract,
        load,
        raw,
        stream,
        task2,
        streamed,
        quarantine,
        quarantineLog: quarantineLog(quarantine, pipeline),
        released: released(quarantine, pipeline),
        fields: fields(quarantine, pipeline),
        outbox,
        log,
        target: into,
        manifest: manifest(into),
      },
    ];
  });
};

/** The flow of a pipeline by name; the first there is unless one is named. */
export const flowOf = (pipeline: string | undefined): Flow => {
  const all = flows();
  const found = pipeline === undefined ? all[0] : all.find((it) => it.pipeline === pipeline);
  if (!found) throw new Refusal(`no pipeline ${pipeline}: there is ${all.map((it) => it.pipeline).join(', ')}`);
  return found;
};
