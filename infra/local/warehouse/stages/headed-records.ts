import type { StagedRecord } from './record.ts';

/** Makes documents of delimited records, whose members are named by the first one. */
export async function* headedRecords(batches: AsyncIterable<readonly StagedRecord[]>): AsyncGenerator<StagedRecord[]> {
  let header: readonly (string | null)[] | undefined;
  for await (const batch of batches) {
    const rows = header === undefined ? batch.slice(1) : batch;
    header ??= batch[0]?.fields;
    yield rows.map((record) =>
      record.error === undefined ? { ...record, fields: [document(header ?? [], record.fields)] } : record,
    );
  }
}

const document = (header: readonly (string | null)[], fields: readonly (string | null)[]): string =>
  JSON.stringify(
    Object.fromEntries(
      header.flatMap((name, i) => (fields[i] === null || fields[i] === undefined ? [] : [[name ?? '', fields[i]]])),
    ),
  );
