import { BadMessage } from '../../../shared/errors.ts';
import type { LoadPipeline } from './definition.ts';
import { orders } from './orders.ts';

/** The pipelines that load serves. */
export const PIPELINES: readonly LoadPipeline[] = [orders];

/** The definition of a pipeline by name; a BadMessage if load has none. */
export const pipelineOf = (name: string): LoadPipeline => {
  const found = PIPELINES.find((it) => it.pipeline === name);
  if (!found) throw new BadMessage(`load knows no pipeline ${name}: add services/load/pipelines/${name}.ts`);
  return found;
};
