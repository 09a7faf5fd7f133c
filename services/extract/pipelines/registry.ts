import { BadMessage } from '../../../shared/errors.ts';
import type { ExtractPipeline } from './definition.ts';
import { orders } from './orders.ts';

/** The pipelines that extract serves. */
export const PIPELINES: readonly ExtractPipeline[] = [orders];

/** The definition of a pipeline by name; a BadMessage if extract has none. */
export const pipelineOf = (name: string): ExtractPipeline => {
  const found = PIPELINES.find((it) => it.pipeline === name);
  if (!found) throw new BadMessage(`extract knows no pipeline ${name}: add services/extract/pipelines/${name}.ts`);
  return found;
};
