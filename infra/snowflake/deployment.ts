import { TableRef } from '../../events/contract.ts';
import type { ExtractPipeline } from '../../services/extract/pipelines/definition.ts';
import type { LoadPipeline } from '../../services/load/pipelines/definition.ts';
import { snowflakeRole, snowflakeWarehouse } from '../../shared/names.ts';
import { tableName } from '../../shared/sql/table.ts';
import type { Stage } from '../../shared/topology.ts';

/** What differs between a stage on Snowflake and the laptop: where things are, and how often tasks run. */
export interface Deployment {
  readonly stage: Stage;
  /** The landing bucket; documents of a pipeline lie below `<pipeline>/`. */
  readonly bucket: string;
  readonly storageIntegration: string;
  /** The role that Snowflake assumes to read the bucket. */
  readonly landingRoleArn: string;
  /** The topic that reaches the coordinator, and the role Snowflake assumes to publish to it. */
  readonly inboundTopicArn: string;
  readonly inboundRoleArn: string;
  /** Where it is given, the trigger tells AWS by an external function, through this API, and not by a notification to the topic. */
  readonly callIn?: {
    readonly url: string;
    /** What addresses of external functions have to begin with. */
    readonly prefix: string;
    readonly roleArn: string;
  };
  /** As CREATE TASK spells it, for example `5 MINUTES`. */
  readonly schedule: string;
  readonly thresholdRows: number;
  readonly maxAgeSeconds: number;
  /** The role that looks after all of it, on whose behalf objects are made and handed over; SYSADMIN unless given. */
  readonly operatorRole?: string;
}

/** One pipeline's parts that Snowflake's objects follow from. */
export interface PipelineParts {
  readonly extract: ExtractPipeline;
  readonly load: LoadPipeline;
}

/** Full names of a pipeline's objects. */
export const objectNames = ({ stage }: Pick<Deployment, 'stage'>, { extract }: Pick<PipelineParts, 'extract'>) => {
  const raw = (...parts: string[]): TableRef =>
    TableRef.parse(`${stage.toUpperCase()}_RAW.${extract.schema}.${tableName(extract.pipeline, ...parts)}`);
  const processed = (...parts: string[]): TableRef =>
    TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.${extract.schema}.${tableName(extract.pipeline, ...parts)}`);
  return {
    table: raw(),
    lines: raw('LINES'),
    landing: raw('STAGE'),
    pipe: raw('PIPE'),
    stream: raw('STREAM'),
    task1: raw('TASK1'),
    task2: raw('TASK2'),
    trigger: raw('TRIGGER'),
    notify: raw('NOTIFY'),
    streamed: processed('STREAMED'),
    history: processed(),
    quarantine: processed('QUARANTINE'),
  };
};

/** Account-level names of a stage. */
export const accountNames = ({ stage }: Pick<Deployment, 'stage'>) => ({
  warehouse: snowflakeWarehouse(stage),
  inbound: `FIRN_${stage.toUpperCase()}_INBOUND`,
  callIn: `FIRN_${stage.toUpperCase()}_CALL_IN`,
  reader: `FIRN_${stage.toUpperCase()}_READER`,
  loader: `FIRN_${stage.toUpperCase()}_LOADER`,
  trigger: `FIRN_${stage.toUpperCase()}_TRIGGER`,
});

/** A service's role, which is its user's name too. */
export const roleOf = ({ stage }: Pick<Deployment, 'stage'>, service: string): string => snowflakeRole(stage, service);
