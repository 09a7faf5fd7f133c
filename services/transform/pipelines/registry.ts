import { readFileSync } from 'node:fs';
import { BadMessage } from '../../../shared/errors.ts';
import { trusted, type Fragment } from '../../../shared/sql/statement.ts';

/** A pipeline's business rules: one SELECT over NORMALIZED. */
export interface TransformPipeline {
  readonly pipeline: string;
  /** The column that names an order. */
  readonly key: string;
  readonly rules: Fragment;
}

const rulesOf = (pipeline: string): Fragment =>
  trusted(readFileSync(new URL(`./${pipeline}.sql`, import.meta.url), 'utf8').trim());

/** The pipelines that transform serves. */
export const PIPELINES: readonly TransformPipeline[] = [
  { pipeline: 'orders', key: 'ORDER_NUMBER', rules: rulesOf('orders') },
];

/** The rules of a pipeline by name; a BadMessage if transform has none. */
export const pipelineOf = (name: string): TransformPipeline => {
  const found = PIPELINES.find((it) => it.pipeline === name);
  if (!found) throw new BadMessage(`transform knows no pipeline ${name}: add services/transform/pipelines/${name}.sql`);
  return found;
};
