import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Context } from '../context.ts';
import { ROOT } from '../deploy/deployable.ts';
import { runTool } from '../deploy/run-tool.ts';
import type { Wishes } from '../new-pipeline/choices.ts';
import { partsOf } from '../new-pipeline/parts.ts';
import { checkNames, propose, type Proposal } from '../new-pipeline/proposal.ts';
import { readSample } from '../new-pipeline/read-sample.ts';
import { registrations } from '../new-pipeline/registrations.ts';
import { sampleLines } from '../new-pipeline/sample-lines.ts';
import { Refusal } from '../refusal.ts';
import { plural } from '../view/numbers.ts';
import { visible } from '../view/text.ts';

export interface NewPipelineOptions extends Wishes {
  readonly sample?: readonly string[];
  readonly documents?: string;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Proposes a pipeline from a sample and, once agreed to, writes every owner's part of it, or nothing at all. */
export const newPipeline = async (context: Context, name: string, options: NewPipelineOptions): Promise<number> => {
  const { terminal } = context;
  const isAsking = !options.yes && !options.dryRun && terminal.isLive && process.stdin.isTTY;
  checkNames(name, options);
  const sample = options.sample ?? (isAsking ? [await ask('A file of sample documents', '')] : []);
  if (sample.length === 0) throw new Refusal('a pipeline starts from a sample: --sample FILE');
  const documents = await readSample(sample, options.documents);

  let proposal = propose(name, documents, options);
  if (isAsking) proposal = propose(name, documents, await wishesOf(proposal, options));
  const fixture = `test/fixtures/pipelines/${name}.ndjson`;
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  const made = new Map([...partsOf(proposal), [fixture, sampleLines(proposal, documents)]]);
  const taken = [...made.keys()].find((it) => existsSync(join(ROOT, it)));
  if (taken !== undefined) throw new Refusal(`there is a ${taken} already: ${name} is taken`);
  const files = new Map([...made, ...registrations(proposal, read)]);

  terminal.note(`${shown(proposal, documents.length).map(visible).join('\n')}\n`);
  if (!options.yes && !options.dryRun) {
    if (!isAsking) throw new Refusal('say --yes to write it, or --dry-run to see it only');
    if (!/^y(es)?$/i.test(await ask('Write it? yes or no', 'yes'))) return 1;
  }
  if (!options.dryRun) await write(files, context.stop);
  await terminal.result(
    options.json ? `${JSON.stringify(asJson(proposal, files))}\n` : report(context, proposal, files, options),
  );
  return 0;
};

const ask = async (question: string, otherwise: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(`${question}${otherwise === '' ? '' : ` [${otherwise}]`}: `)).trim() || otherwise;
  } finally {
    lines.close();
  }
};

const wishesOf = async (p: Proposal, given: NewPipelineOptions): Promise<Wishes> => ({
  ...given,
  key: given.key ?? (await ask('What names a document', p.keyPath.join('.'))),
  rows:
    given.rows ?? (await ask('Whose elements become rows (none: a document is a row)', p.explode?.join('.') ?? 'none')),
  date: given.date ?? (await ask('Which date is it about', p.datePath.join('.'))),
  version:
    given.version ??
    (await ask('Which time is its last change (none: load time decides)', p.version?.join('.') ?? 'none')),
});

const write = async (files: ReadonlyMap<string, string>, stop: AbortSignal): Promise<void> => {
  for (const [path, text] of files) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
  const formatted = [...files.keys()].filter((it) => /\.(ts|json)$/.test(it));
  for (const [tool, ...args] of [
    ['oxfmt', ...formatted],
    ['npm', 'run', '--silent', 'tables-page'],
  ]) {
    const { code, output } = await runTool(tool!, args, { stop });
    if (code !== 0) throw new Refusal(`everything is written, but ${tool} failed: ${output}`, { exitCode: 1 });
  }
};

const shown = (p: Proposal, documents: number): readonly string[] => [
  `${p.pipeline}: from ${plural(documents, 'document')}`,
  `  named by      ${p.keyPath.join('.')}`,
  `  dated by      ${p.datePath.join('.')}`,
  `  one row       ${p.explode ? `an element of ${p.explode.join('.')}` : 'a document'}`,
  `  newest by     ${p.version?.join('.') ?? 'when it was loaded'}`,
  `  columns       ${p.columns.map((it) => `${it.name} ${it.type}`).join(', ')}`,
  ...(p.leftOut.length > 0 ? [`  left out      ${p.leftOut.join(', ')}`] : []),
];

const asJson = ({ pipeline, schema, table, key, columns, leftOut }: Proposal, files: ReadonlyMap<string, string>) => ({
  pipeline,
  schema,
  table,
  key,
  columns: columns.map(({ name, type }) => ({ name, type })),
  leftOut,
  files: [...files.keys()],
});

const report = (
  { firn }: Context,
  p: Proposal,
  files: ReadonlyMap<string, string>,
  { dryRun }: NewPipelineOptions,
): string => {
  const head = dryRun ? 'Would write' : 'Written';
  const next = [
    'Next:',
    `  npm run jest -- test/agreement.test.ts test/pipelines.test.ts`,
    `  ${firn} run --pipeline ${p.pipeline} test/fixtures/pipelines/${p.pipeline}.ndjson --data .firn-${p.pipeline}`,
    'The sample is kept in test/fixtures/pipelines: take out of it what must not be there before you commit.',
  ];
  return `${[`${head}:`, ...[...files.keys()].map((it) => `  ${it}`), ...(dryRun ? [] : next)].join('\n')}\n`;
};
