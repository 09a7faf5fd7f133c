import { RetryLater } from '../../shared/errors.ts';
import type { Warehouse } from '../../shared/snowflake/warehouse.ts';
import { sql } from '../../shared/sql/statement.ts';

/** Whether the service dies at the next moment. */
export type Dies = () => boolean;

const dead = (moment: string): RetryLater => new RetryLater(`died ${moment}`);
// What a transaction can't get past, wherever it stands among its statements.
const impossible = sql('die')`select * from NO_SUCH_DATABASE.NO_SUCH_SCHEMA.NO_SUCH_TABLE`;

/** A warehouse at which a service may die before a statement, after it, and between any two of a transaction's, or not wait for a long one. */
export const failing = (warehouse: Warehouse, dies: Dies): Warehouse => ({
  async run(statement, tag) {
    if (dies()) throw dead(`before ${statement.name}`);
    const result = await warehouse.run(statement, tag);
    if (dies()) throw dead(`after ${statement.name}`);
    return result;
  },
  async follow(statement, tag, course) {
    if (dies()) throw dead(`before ${statement.name}`);
    const isImpatient = !course.submitted.has(statement.name) && dies();
    const result = await warehouse.follow(statement, tag, isImpatient ? { ...course, deadline: 0 } : course);
    if (dies()) throw dead(`after ${statement.name}`);
    return result;
  },
  async transaction(statements, tag, course, expect) {
    const done = statements.findIndex(dies);
    if (done >= 0) {
      await warehouse.transaction([...statements.slice(0, done), impossible], tag).catch(() => undefined);
      throw dead(`before ${statements[done]!.name}`);
    }
    const results = await warehouse.transaction(statements, tag, course, expect);
    if (dies()) throw dead('after commit');
    return results;
  },
});
