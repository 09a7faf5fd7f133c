import type { ValidationStage } from '../../events/contract.ts';
import type { Random } from './random.ts';

/** A raw document as far as the flow can tell documents apart. */
export interface Document {
  readonly batchId: string;
  /** Unique, and sorts as versions of one order do. */
  readonly version: string;
  readonly order: string;
  readonly lines: number;
  /** The stage at which it breaks an expectation, if any. */
  readonly breaks?: ValidationStage;
}

/** Documents of a few orders in several versions, spread over batches without regard to their age. */
export const someDocuments = (by: Random, batches: readonly string[]): readonly Document[] =>
  Array.from({ length: 8 * batches.length }, (_, index): Document => {
    const breaks = by.chance(0.1) ? 'extracted' : by.chance(0.1) ? 'transformed' : undefined;
    return {
      // The first ones see to it that no batch is empty.
      batchId: batches[index < batches.length ? index : by.below(batches.length)]!,
      version: `V${String(by.below(900) + 100)}/${index}`,
      order: `O${by.below(5 * batches.length)}`,
      lines: by.below(3),
      ...(breaks && { breaks }),
    };
  });

/** Where each document has to end, whatever happens on the way. */
export interface Outcome {
  readonly loaded: readonly string[];
  readonly quarantined: readonly string[];
}

const newest = (documents: readonly Document[]): readonly Document[] =>
  documents.filter((it) => documents.every((other) => other.order !== it.order || other.version <= it.version));

/** Reckoned from the documents alone: what is neither loaded nor held back is superseded. */
export const expectedOutcome = (documents: readonly Document[]): Outcome => {
  const batches = [...new Set(documents.map((it) => it.batchId))];
  const rejected = documents.filter((it) => it.breaks === 'extracted');
  const transformed = batches.flatMap((batchId) =>
    newest(documents.filter((it) => it.batchId === batchId && !rejected.includes(it))),
  );
  const late = transformed.filter((it) => it.breaks === 'transformed');
  return {
    loaded: newest(transformed.filter((it) => !late.includes(it)))
      .map((it) => it.version)
      .sort(),
    quarantined: [...rejected, ...late].map((it) => it.version).sort(),
  };
};
