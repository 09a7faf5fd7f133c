import type { ValidationStage } from '../../events/contract.ts';
import { compileSuite, type Suite } from '../../services/validate/suites/compile-suite.ts';
import { suiteOf } from '../../services/validate/suites/registry.ts';

/** Judges orders by some expectations more for as long as `work` lasts: the same suites as before, and after. */
export const withExpectations = async <T>(
  stage: ValidationStage,
  expectations: readonly object[],
  work: () => Promise<T>,
): Promise<T> => {
  const more = compileSuite('more', { meta: { key: 'ORDER_NUMBER' }, expectations }).expectations;
  const suite = suiteOf('orders', stage).expectations as Suite['expectations'][number][];
  suite.push(...more);
  try {
    return await work();
  } finally {
    suite.splice(-more.length);
  }
};
