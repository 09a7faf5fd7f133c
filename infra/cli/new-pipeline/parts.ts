import { LINEAGE, type ExtractPipeline } from '../../../services/extract/pipelines/definition.ts';
import { extractPart, type Proposal } from './proposal.ts';

const RESERVED =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|let|new|null|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await|async|of|arguments|eval)$/;

/** What a pipeline's definition is called in code. */
export const codeName = (pipeline: string): string => {
  const name = pipeline.replace(/_+([a-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
  return RESERVED.test(name) ? `${name}Pipeline` : name;
};

/** The module of a pipeline's definition, without its ending. */
export const moduleName = (pipeline: string): string =>
  pipeline
    .split('_')
    .filter((it) => it !== '')
    .join('-');

// One line each, which the formatter leaves together where it fits.
const code = (value: object): string =>
  `{\n${Object.entries(value)
    .map(([key, it]: [string, unknown]) => `${key}: ${key === 'columns' ? lines(it as readonly object[]) : plain(it)},`)
    .join('\n')}\n}`;
const lines = (list: readonly object[]): string => `[\n${list.map((it) => `${plain(it)},`).join('\n')}\n]`;
const plain = (value: unknown): string =>
  JSON.stringify(value).replace(/"(name|from|document|element|position|type)":/g, '$1:');

const definition = (p: Proposal, type: string, docs: string, value: object): string =>
  [
    `import type { ${type} } from './definition.ts';`,
    '',
    `/** ${docs} */`,
    `export const ${codeName(p.pipeline)}: ${type} = ${code(value)};`,
    '',
  ].join('\n');

const SUFFIX = 'LINE_COUNT';
const identifier = (name: string): string => `"${name}"`;

/** The columns that make a row of the target unique. */
const rowKey = (p: Proposal): readonly string[] => (p.explode ? [p.key, 'LINE_NUMBER'] : [p.key]);

const rowsAre = (p: Proposal): string => (p.explode ? `one row an element of ${p.explode.join('.')}` : 'one row each');

const loadPart = (p: Proposal) => ({
  pipeline: p.pipeline,
  schema: 'ANALYTICS_STAGING',
  table: p.table,
  replaceBy: p.key,
  key: rowKey(p),
  version: 'ROW_VERSION',
  columns: [
    ...p.columns.map(({ name, type }) => ({ name, type })),
    { name: SUFFIX, type: 'NUMBER(10,0)' },
    ...LINEAGE.filter((it) => it.name !== 'DEFECTS').map(({ name, type }) => ({ name, type })),
  ],
});

const rules = (p: Proposal): string =>
  [
    `-- Business rules of ${p.pipeline}. NORMALIZED holds the newest valid version of each document, ${rowsAre(p)}.`,
    '-- NORMALIZED.* passes the lineage (FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION, BATCH_ID) on; keep it.',
    'SELECT',
    '  NORMALIZED.*,',
    `  (COUNT(*) OVER (PARTITION BY ${identifier(p.key)}))::NUMBER(10,0) AS ${SUFFIX}`,
    'FROM NORMALIZED',
    '',
  ].join('\n');

const notNull = (column: string) => ({ type: 'expect_column_values_to_not_be_null', kwargs: { column } });

const suite = (p: Proposal, stage: string, note: string, expectations: readonly object[]): string =>
  `${JSON.stringify({ name: `${p.pipeline}.${stage}`, meta: { key: p.key, version: 1, note }, expectations }, null, 2)}\n`;

const extractedSuite = (p: Proposal): string =>
  suite(p, 'extracted', 'What a document must have before business rules may touch it.', [
    notNull(p.key),
    { type: 'expect_column_value_lengths_to_be_between', kwargs: { column: p.key, min_value: 1 } },
    notNull(p.date),
    ...(p.explode && p.alwaysHasRows ? [notNull('LINE_NUMBER')] : []),
  ]);

const transformedSuite = (p: Proposal): string =>
  suite(p, 'transformed', 'What must hold for the rows that analysts will read.', [
    notNull(p.key),
    notNull(p.date),
    {
      type: 'expect_compound_columns_to_be_unique',
      kwargs: { column_list: p.explode ? rowKey(p) : [p.key, 'ROW_VERSION'] },
    },
  ]);

/** Every owner's part of a pipeline, by its path in the repository. */
export const partsOf = (p: Proposal): ReadonlyMap<string, string> => {
  const extract: ExtractPipeline = extractPart(p);
  const module = moduleName(p.pipeline);
  return new Map([
    [
      `services/extract/pipelines/${module}.ts`,
      definition(p, 'ExtractPipeline', `Documents of ${p.pipeline}: ${rowsAre(p)}.`, extract),
    ],
    [`services/transform/pipelines/${p.pipeline}.sql`, rules(p)],
    [`services/validate/suites/${p.pipeline}.extracted.json`, extractedSuite(p)],
    [`services/validate/suites/${p.pipeline}.transformed.json`, transformedSuite(p)],
    [
      `services/load/pipelines/${module}.ts`,
      definition(p, 'LoadPipeline', `What analysts read of ${p.pipeline}: ${rowsAre(p)}.`, loadPart(p)),
    ],
  ]);
};
