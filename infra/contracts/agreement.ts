import { LINEAGE, type ExtractPipeline } from '../../services/extract/pipelines/definition.ts';
import type { LoadPipeline } from '../../services/load/pipelines/definition.ts';
import type { TransformPipeline } from '../../services/transform/pipelines/registry.ts';
import { readsOf } from '../../services/validate/sql/judging.ts';
import type { Suite } from '../../services/validate/suites/compile-suite.ts';
import { judgeQuery, type Judged } from './query-columns.ts';

/** The parts of one pipeline, as their owners define them. */
export interface Parts {
  readonly extract: ExtractPipeline;
  readonly transform: TransformPipeline;
  readonly suites: { readonly extracted: Suite; readonly transformed: Suite };
  readonly load: LoadPipeline;
}

/** Everything on which the owners of a pipeline's parts disagree: who needs which column, in which file, and who lacks it. */
export const disagreements = ({ extract, transform, suites, load }: Parts): readonly string[] => {
  const { pipeline } = extract;
  const file = {
    extract: `services/extract/pipelines/${pipeline}.ts`,
    transform: `services/transform/pipelines/${pipeline}.sql`,
    extracted: `services/validate/suites/${pipeline}.extracted.json`,
    transformed: `services/validate/suites/${pipeline}.transformed.json`,
    load: `services/load/pipelines/${pipeline}.ts`,
  };
  const lacks = (needed: readonly string[], by: keyof typeof file, given: readonly string[], from: keyof typeof file) =>
    needed
      .filter((it) => !given.includes(it))
      .map((it) => `${file[by]} needs ${it}, which ${file[from]} does not give`);

  const extracted = [...extract.columns, ...LINEAGE].map((it) => it.name);
  // DEFECTS ends with validation: no row that has any goes on.
  const normalized = extracted.filter((it) => it !== 'DEFECTS');
  const rules = judged(transform.rules.text, 'NORMALIZED', normalized);
  const loaded = load.columns.map((it) => it.name);

  return [
    ...lacks([extract.key], 'extract', extracted, 'extract'),
    ...rowless(extract).map((it) => `${file.extract}: ${it}`),
    ...lacks([suites.extracted.key], 'extracted', extracted, 'extract'),
    ...suiteFaults(suites.extracted, extracted).map((it) => `${file.extracted}: ${it} (${file.extract})`),
    ...rules.faults.map((it) => `${file.transform}: ${it} (NORMALIZED is what ${file.extract} gives)`),
    ...lacks([transform.key], 'transform', normalized, 'extract'),
    // Validate and load tell documents apart by these.
    ...lacks(['ROW_VERSION', 'FILE_NAME', 'FILE_ROW_NUMBER'], 'transformed', rules.columns, 'transform'),
    ...lacks([suites.transformed.key], 'transformed', rules.columns, 'transform'),
    ...suiteFaults(suites.transformed, rules.columns).map((it) => `${file.transformed}: ${it} (${file.transform})`),
    ...repeated(rules.columns).map((it) => `${file.transform} gives ${it} twice`),
    ...lacks(loaded, 'load', rules.columns, 'transform'),
    ...lacks([load.replaceBy, load.version, ...load.key, 'BATCH_ID'], 'load', loaded, 'load'),
    ...typeFaults(extract, load).map((it) => `${file.load}: ${it} (${file.extract})`),
  ];
};

const judged = (text: string, table: string, columns: readonly string[]): Judged => {
  try {
    return judgeQuery(text, new Map([[table, columns]]));
  } catch (error) {
    return { columns: [], faults: [error instanceof Error ? error.message : String(error)] };
  }
};

// Each predicate as the one condition of a query; what it binds does not matter here.
const suiteFaults = ({ expectations }: Suite, columns: readonly string[]): readonly string[] =>
  expectations.flatMap((expectation) => {
    const reads = readsOf(expectation).map(({ text }, index) => `${text.replaceAll('?', '0')} as READ_${index}`);
    if (reads.length === 0) return [];
    const { faults } = judged(`select ${reads.join(', ')} from JUDGED t`, 'JUDGED', columns);
    return faults.map((it) => `${expectation.rule}: ${it}`);
  });

const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((it, index) => names.indexOf(it) !== index);

const typeFaults = ({ columns, version }: ExtractPipeline, load: LoadPipeline): readonly string[] => {
  const types = new Map<string, string>([...columns, ...LINEAGE].map((it) => [it.name, it.type]));
  const changed = load.columns.flatMap(({ name, type }) => {
    const before = types.get(name);
    return before === undefined || before === type
      ? []
      : [`${name} is a ${type}, but a ${before} where it is extracted`];
  });
  return version?.type === 'BOOLEAN' ? [...changed, 'a BOOLEAN is no version'] : changed;
};

const rowless = ({ explode, columns }: ExtractPipeline): readonly string[] =>
  columns
    .filter((it) => !explode && !('document' in it.from))
    .map((it) => `${it.name} is of an element, and nothing is exploded`);
