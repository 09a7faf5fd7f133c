import { snowflakeWarehouse } from '../../../shared/names.ts';
import type { Measure } from '../../../shared/metrics/metrics.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { readCredits } from '../sql/read-credits.ts';
import { batchLog } from '../tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly measure: Measure;
  readonly stage: 'dev' | 'prod';
}

/** Measures what the stage's warehouse costs, once an hour; the same hour measured twice says the same. */
export const measureCredits =
  ({ warehouse, measure, stage }: Deps) =>
  async (): Promise<void> => {
    const database = batchLog(stage).split('.')[0]!;
    const asked = readCredits({ of: snowflakeWarehouse(stage), database });
    const { rows } = await warehouse.run(asked, { pipeline: '-', batchId: 'MEASURE', attempt: 1 });
    measure({ Credits: Number(rows[0]?.['CREDITS'] ?? 0) }, {});
  };
