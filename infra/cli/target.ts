import type { Stage } from '../../shared/topology.ts';

/** A stage on AWS and Snowflake, and the entry of Snowflake's own connections.toml that leads to its account. */
export interface Remote {
  readonly stage: Stage;
  /** `firn_<stage>` unless given, or the file's default where there is no such entry. */
  readonly connection?: string;
}

let remote: Remote | undefined;

/** Lets every verb of this process work on a stage; without it they work on the laptop. */
export const workOn = (chosen: Remote): void => {
  remote = chosen;
};

/** The stage that this process works on; undefined on the laptop. */
export const remoteTarget = (): Remote | undefined => remote;

/** The stage whose names count: the laptop runs dev's. */
export const stageAtWork = (): Stage => remote?.stage ?? 'dev';
