import { readFileSync } from 'node:fs';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { read, type Contract, type Envelope, type EventOf } from '../../events/contract.ts';
import { answerId } from '../bus/answer.ts';

/** The example of a contract as it lies in `events/examples`: what a service's queue holds of it. */
export const exampleMessage = (type: string): { source: string; 'detail-type': string; detail: object } =>
  JSON.parse(readFileSync(new URL(`../../events/examples/${type.replace('.', '-')}.json`, import.meta.url), 'utf8'));

/** The example event of a contract with some fields changed; together the examples tell one batch's whole story. */
export const example = <C extends Contract>(
  contract: C,
  envelope: Partial<Record<keyof Envelope, unknown>> = {},
  data: Partial<Record<keyof EventOf<C>['data'], unknown>> = {},
): EventOf<C> => {
  const { detail } = exampleMessage(contract.type);
  const original = (detail as { data?: object }).data;
  return read(contract, { ...detail, ...envelope, data: { ...original, ...data } });
};

/** The story's second validation: of the transformed rows, one order of four lines held back. */
export const exampleTransformedStage = (
  envelope: Partial<Record<keyof Envelope, unknown>> = {},
  data: Partial<Record<keyof BatchValidated['data'], unknown>> = {},
): BatchValidated => {
  const { id, data: transformed } = example(BatchTransformed);
  return example(
    BatchValidated,
    { id: answerId(id, BatchValidated.type), causationId: id, time: '2026-01-05T09:30:10.000Z', ...envelope },
    {
      stage: 'transformed',
      table: transformed.table,
      rows: transformed.rows,
      documents: transformed.documents,
      quarantined: { documents: 1, rows: 4, unreadable: 0 },
      ...data,
    },
  );
};
