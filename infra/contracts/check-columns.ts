import { PIPELINES as EXTRACTED } from '../../services/extract/pipelines/registry.ts';
import { PIPELINES as LOADED } from '../../services/load/pipelines/registry.ts';
import { PIPELINES as TRANSFORMED } from '../../services/transform/pipelines/registry.ts';
import { suiteOf } from '../../services/validate/suites/registry.ts';
import { disagreements } from './agreement.ts';

/** Everything on which the owners of each pipeline's parts disagree, column by column. */
export const checkColumns = (): readonly string[] =>
  EXTRACTED.flatMap((extract) => {
    const { pipeline } = extract;
    const transform = TRANSFORMED.find((it) => it.pipeline === pipeline);
    const load = LOADED.find((it) => it.pipeline === pipeline);
    if (!transform || !load) return [`${pipeline}: ${transform ? 'load' : 'transform'} does not know it`];
    const suites = { extracted: suiteOf(pipeline, 'extracted'), transformed: suiteOf(pipeline, 'transformed') };
    return disagreements({ extract, transform, suites, load });
  });
