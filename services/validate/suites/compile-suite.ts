import * as z from 'zod';
import { Defect } from '../../../shared/errors.ts';
import type { Expectation } from './expectation.ts';
import { KINDS } from './kinds.ts';

/** A suite in Great Expectations' JSON format, old (`expectation_type`) or new (`type`); `meta.key` names the order's column, `meta.version` the
 * rules' version. */
const SuiteFile = z.object({
  meta: z.object({
    key: z.string().min(1).max(255),
    version: z.union([z.string().max(80), z.number()]).exactOptional(),
  }),
  expectations: z.array(
    z.object({
      type: z.string().exactOptional(),
      expectation_type: z.string().exactOptional(),
      kwargs: z.record(z.string(), z.unknown()),
    }),
  ),
});

export interface Suite {
  readonly key: string;
  /** The suite's own version, kept with what its rules hold back. */
  readonly version: string;
  readonly expectations: readonly Expectation[];
}

/** Turns a suite into predicates; a Defect that names the expectation, its place and what is wrong with it otherwise. */
export const compileSuite = (suiteName: string, json: unknown): Suite => {
  const file = SuiteFile.safeParse(json);
  if (!file.success) throw new Defect(`suite ${suiteName}: ${z.prettifyError(file.error)}`);
  const expectations = file.data.expectations.map(({ type, expectation_type: oldType, kwargs }, index) => {
    const rule = type ?? oldType ?? '(no type)';
    const at = `suite ${suiteName}: expectations[${index}] ${rule}`;
    const kind = KINDS.find((it) => it.type === rule);
    if (!kind) throw new Defect(`${at}: unknown expectation; known are ${KINDS.map((it) => it.type).join(', ')}`);
    const checked = kind.kwargs.safeParse(kwargs);
    if (!checked.success) throw new Defect(`${at}: ${z.prettifyError(checked.error)}`);
    return { rule, ...kind.compile(checked.data) };
  });
  const { key, version = 1 } = file.data.meta;
  return { key, version: String(version), expectations };
};
