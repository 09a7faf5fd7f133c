import { readFileSync } from 'node:fs';
import type { ValidationStage } from '../../../events/contract.ts';
import { BadMessage } from '../../../shared/errors.ts';
import { compileSuite, type Suite } from './compile-suite.ts';

/** The pipelines that validate has suites for, one a stage: `<pipeline>.<stage>.json`. */
export const PIPELINES: readonly string[] = ['orders'];

const load = (pipeline: string, stage: ValidationStage): Suite => {
  const suiteName = `${pipeline}.${stage}`;
  const text = readFileSync(new URL(`./${suiteName}.json`, import.meta.url), 'utf8');
  return compileSuite(suiteName, JSON.parse(text));
};

const SUITES = new Map(
  PIPELINES.map((it) => [it, { extracted: load(it, 'extracted'), transformed: load(it, 'transformed') }] as const),
);

/** The suite of a pipeline at a stage, checked when this module was loaded; a BadMessage if there are none. */
export const suiteOf = (pipeline: string, stage: ValidationStage): Suite => {
  const suites = SUITES.get(pipeline);
  if (!suites)
    throw new BadMessage(`validate has no suites for ${pipeline}: add services/validate/suites/${pipeline}.*`);
  return suites[stage];
};
