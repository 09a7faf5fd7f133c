import * as z from 'zod';

/** Names one batch for its whole life; also a part of table names, hence the narrow alphabet. */
export const BatchId = z
  .string()
  .regex(/^[0-9A-Z][0-9A-Z_]{0,63}$/, 'a batch id is made of capital letters, digits and _, at most 64 of them')
  .brand('BatchId');
export type BatchId = z.infer<typeof BatchId>;

/** A table's full name, `DATABASE.SCHEMA.TABLE`, of plain upper-case identifiers. */
export const TableRef = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*(\.[A-Z_][A-Z0-9_]*){2}$/, 'a table is written DATABASE.SCHEMA.TABLE in capital letters')
  .brand('TableRef');
export type TableRef = z.infer<typeof TableRef>;

/** A pipeline's name as its owners' files spell it, for example `orders`. */
export const PipelineName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'a pipeline is named in small letters, digits and _, at most 40 of them');

export const Count = z.int().nonnegative();

/** The two points of the flow at which rows are validated. */
export const ValidationStage = z.enum(['extracted', 'transformed']);
export type ValidationStage = z.infer<typeof ValidationStage>;

/** The stages that a replay may start from. */
export const ReplayStage = z.enum(['extract', 'validate', 'transform', 'load']);
export type ReplayStage = z.infer<typeof ReplayStage>;

/** Who wants a trigger to stand still: `manual`, or a backfill by its id. */
export const Holder = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'a holder is named in letters, digits, _ and -, at most 80 of them');

/** The batch id that events about a pipeline's trigger carry: they are about no batch. */
export const TRIGGER_STREAM = BatchId.parse('TRIGGER');
/** Marks a batch that is a chunk of a backfill: what it brings stands in the backfill's shadow tables until they are published. */
export const Backfill = z.object({ id: BatchId });
export type Backfill = z.infer<typeof Backfill>;

/** A table as its owner describes it to whoever compares it with its shadow: all columns in order, and what names a row. */
export const TableShape = z.object({
  live: TableRef,
  shadow: TableRef,
  key: z.array(z.string().min(1)).min(1),
  columns: z.array(z.object({ name: z.string().min(1), type: z.string().min(1) })).min(1),
});
export type TableShape = z.infer<typeof TableShape>;

/** Columns of a hand-over table with where in the JSON document their values stand, as their owner spells it. */
export const HandedColumns = z.array(
  z.object({ name: z.string().min(1).max(255), type: z.string().min(1).max(40), path: z.string().max(500) }),
);
export type HandedColumns = z.infer<typeof HandedColumns>;

/** Which documents in quarantine are meant: all that are held, some by their ids, or those that broke a rule (of one column). */
export const HeldDocuments = z.discriminatedUnion('which', [
  z.object({ which: z.literal('all') }),
  z.object({
    which: z.literal('ids'),
    ids: z
      .array(z.string().regex(/^[0-9A-F]{12}$/))
      .min(1)
      .max(100),
  }),
  z.object({
    which: z.literal('rule'),
    rule: z.string().min(1).max(200),
    column: z.string().min(1).max(1000).optional(),
  }),
]);
export type HeldDocuments = z.infer<typeof HeldDocuments>;

/** What every event carries: who it is, which batch and attempt it is about, and which event it answers. */
export const Envelope = z.object({
  id: z.uuid(),
  time: z.iso.datetime(),
  pipeline: PipelineName,
  batchId: BatchId,
  attempt: z.int().min(1),
  /** The id of the event that this one answers; null for the first of a batch. */
  causationId: z.uuid().nullable(),
  /** The same for all events of a batch's attempt, to follow it across services. */
  traceId: z.string().min(1).max(128),
});
export type Envelope = z.infer<typeof Envelope>;

/** One kind of event: its versioned type, who alone may say it, and the shape of its data. */
export interface Contract<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly producer: string;
  /** EventBridge's `source` of every event of this kind. */
  readonly source: string;
  readonly data: Data;
  /** The shape of EventBridge's `detail`: the envelope with `data` in it. */
  readonly detail: z.ZodType<Envelope & { readonly data: z.output<Data> }>;
}

/** An event that has been read and checked, or is about to be sent. */
export type EventOf<C extends Contract> = Envelope & { readonly type: C['type']; readonly data: z.output<C['data']> };

/** Defines a contract; rule patterns, parsers, schemas and examples all derive from it. */
export const contract = <const Type extends string, Data extends z.ZodType>(definition: {
  readonly type: Type;
  readonly producer: string;
  readonly data: Data;
}): Contract<Type, Data> => ({
  ...definition,
  source: `firn.${definition.producer}`,
  detail: Envelope.extend({ data: definition.data }) as unknown as Contract<Type, Data>['detail'],
});

/** Reads EventBridge's `detail` as an event of this contract; throws zod's error, which names each wrong field. */
export const read = <C extends Contract>(of: C, detail: unknown): EventOf<C> =>
  ({ ...of.detail.parse(detail), type: of.type }) as EventOf<C>;
