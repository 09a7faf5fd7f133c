import * as z from 'zod';
import { Defect } from '../../../shared/errors.ts';
import { compileExpectation } from './compile-expectation.ts';
import type { Expectation } from './expectation.ts';

/**
 * A suite in Great Expectations' JSON format, old (`expectation_suite_name`, `expectation_type`) or new (`name`, `type`); `meta.key` names
 * the order's column, `meta.version` the rules' version, `meta.order_by` what rows of a document are ordered by.
 */
const SuiteFile = z.object({
  name: z.string().max(500).nullish(),
  expectation_suite_name: z.string().max(500).nullish(),
  meta: z
    .object({
      key: z.string().min(1).max(255).exactOptional(),
      version: z.union([z.string().max(80), z.number()]).exactOptional(),
      order_by: z.array(z.string().min(1).max(255)).max(16).exactOptional(),
    })
    .nullish(),
  /** What `$PARAMETER` stands for, by its older and its newer name. */
  evaluation_parameters: z.record(z.string(), z.unknown()).nullish(),
  suite_parameters: z.record(z.string(), z.unknown()).nullish(),
  // One expectation after another: each names its own place.
  expectations: z.array(z.unknown()).max(2000),
});

export interface Suite {
  readonly key: string;
  readonly name: string;
  /** The suite's own version, kept with what its rules hold back. */
  readonly version: string;
  readonly expectations: readonly Expectation[];
}

/** A suite that may lack the key of its orders, as one that was written for other tools. */
export type AnySuite = Omit<Suite, 'key'> & { readonly key?: string };

/** Turns a suite into predicates and figures; a Defect that names each expectation, its place and what is wrong with it otherwise. */
export const readSuite = (suiteName: string, json: unknown): AnySuite => {
  const file = SuiteFile.safeParse(json);
  if (!file.success) throw new Defect(`suite ${suiteName}: ${z.prettifyError(file.error)}`);
  const { name, expectation_suite_name: oldName, meta } = file.data;
  const parameters = { ...file.data.evaluation_parameters, ...file.data.suite_parameters };
  const faults: string[] = [];
  const expectations = file.data.expectations.flatMap((it, index) => {
    const compiled = compileExpectation(it, index, meta?.order_by ?? [], parameters);
    if ('fault' in compiled) faults.push(`suite ${suiteName}: ${compiled.fault}`);
    return 'fault' in compiled ? [] : [compiled];
  });
  if (faults.length > 0) throw new Defect(faults.join('\n'));
  return {
    ...(meta?.key !== undefined && { key: meta.key }),
    name: name ?? oldName ?? suiteName,
    version: String(meta?.version ?? 1),
    expectations,
  };
};

/** The same of a suite that validate judges by, which must say what names an order. */
export const compileSuite = (suiteName: string, json: unknown): Suite => {
  const { key, ...suite } = readSuite(suiteName, json);
  if (key === undefined) throw new Defect(`suite ${suiteName}: meta.key must name the column of the order's key`);
  return { key, ...suite };
};
