/** Documents by what became of them; `inFlight` waits, or is in a batch that has not ended. */
export interface Tally {
  readonly raw: number;
  readonly loaded: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly rejected: number;
  readonly discarded: number;
  readonly inFlight: number;
  readonly lost: number;
  readonly incomplete: number;
  readonly surplus: number;
  readonly doubled: number;
}

/** Documents of one file and hour that met one fate. */
export interface Counted {
  readonly file: string;
  readonly hour: string;
  readonly fate: string;
  readonly isFault: boolean;
  readonly documents: number;
}

/** Sums up what became of documents. */
export const tally = (counted: readonly Counted[]): Tally => {
  const of = (fate: string): number => sum(counted.filter((it) => it.fate === fate));
  return {
    raw: sum(counted),
    loaded: of('loaded'),
    superseded: of('superseded'),
    quarantined: of('quarantined'),
    rejected: of('rejected'),
    discarded: of('discarded'),
    inFlight: of('inFlight'),
    lost: of('lost'),
    incomplete: of('incomplete'),
    surplus: of('surplus'),
    doubled: of('doubled'),
  };
};

const sum = (counted: readonly Counted[]): number => counted.reduce((all, it) => all + it.documents, 0);
