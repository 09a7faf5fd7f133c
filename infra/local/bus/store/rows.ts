/** A rule as it is kept. */
export type RuleRow = {
  readonly bus: string;
  readonly name: string;
  /** Empty for a rule that only runs on a schedule. */
  readonly pattern: string;
  readonly state: string;
  readonly description: string | null;
  readonly roleArn: string | null;
};

/** An archive as it is kept. */
export type ArchiveRow = {
  readonly name: string;
  readonly bus: string;
  readonly pattern: string | null;
  readonly description: string | null;
  readonly retentionDays: number;
  readonly created: number;
};

/** A replay as it is kept. */
export type ReplayRow = {
  readonly name: string;
  readonly archive: string;
  readonly bus: string;
  readonly rules: string | null;
  readonly description: string | null;
  readonly state: string;
  readonly eventStart: number;
  readonly eventEnd: number;
  readonly started: number;
  readonly ended: number | null;
  readonly lastTime: number | null;
  readonly lastSeq: number | null;
};
