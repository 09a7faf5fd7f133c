import { count } from '../../../shared/snowflake/warehouse.ts';
import { Json, toText } from '../cells.ts';
import { nextCommand, type Context } from '../context.ts';
import type { Flow } from '../flow/flow-tables.ts';
import { countHeld, explainHeld } from '../flow/held-documents.ts';
import { STATES } from '../flow/states.ts';
import type { Row, Session } from '../session.ts';
import { grouped, plural } from '../view/numbers.ts';
import { visible } from '../view/text.ts';
import { wantedOf } from './list.ts';
import { meantFlows, type QuarantineOptions } from './options.ts';
import { reasonText, type Reason } from './read.ts';

/** One rule, and what it holds back. */
interface Explained extends Reason {
  readonly stage: string;
  readonly documents: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly places: readonly string[];
  /** Whose part it is to mend, where it is not the producer's documents. */
  readonly mend: string;
}

/** Tells by rule what is held, where examples stand, and what to do about it. */
export const explainQuarantine = async (
  session: Session,
  context: Context,
  options: QuarantineOptions,
): Promise<number> => {
  const all = [];
  for (const flow of meantFlows(options.pipeline)) {
    const counted = await session.rows(countHeld(flow));
    const states = STATES.map((state) => [state, countOf(counted, state)] as const);
    const rules = (await session.rows(explainHeld(flow, wantedOf(options)))).map((row) => explained(flow, row));
    all.push({ pipeline: flow.pipeline, documents: Object.fromEntries(states), rules });
  }
  const text = options.json
    ? JSON.stringify({ pipelines: all })
    : all.flatMap((it) => lines(context, it.pipeline, it.documents, it.rules, options)).join('\n');
  await context.terminal.result(`${text}\n`);
  return 0;
};

const countOf = (rows: readonly Row[], state: string): number =>
  count(rows.find((it) => it['STATE'] === state)?.['DOCUMENTS'] ?? 0);

const explained = ({ pipeline }: Flow, row: Row): Explained => {
  const text = (column: string): string => toText(row[column] ?? null);
  const maybe = <K extends string>(key: K, column: string) =>
    (row[column] === null ? {} : { [key]: text(column) }) as { readonly [key in K]?: string };
  const [rule, stage] = [text('RULE'), text('STAGE')];
  return {
    rule,
    stage,
    ...maybe('version', 'VERSION'),
    ...maybe('column', 'BROKEN_COLUMN'),
    ...maybe('path', 'PATH'),
    ...maybe('type', 'TYPE'),
    reason: text('REASON'),
    documents: count(row['DOCUMENTS'] ?? null),
    firstSeen: text('FIRST_SEEN').slice(0, 19),
    lastSeen: text('LAST_SEEN').slice(0, 19),
    places: row['PLACES'] instanceof Json ? (JSON.parse(row['PLACES'].text) as string[]) : [],
    mend:
      rule === 'readable'
        ? `services/extract/pipelines/${pipeline}.ts`
        : `services/validate/suites/${pipeline}.${stage}.json`,
  };
};

const lines = (
  context: Context,
  pipeline: string,
  documents: Readonly<Record<string, number>>,
  rules: readonly Explained[],
  { data }: QuarantineOptions,
): readonly string[] => {
  const { terminal } = context;
  const counts = STATES.map((it) => `${grouped(documents[it] ?? 0)} ${it}`).join(', ');
  const head = ['', terminal.paint('bold', `${pipeline}: ${counts}`)];
  if (rules.length === 0) return [...head, '  Nothing is held'];
  return [
    ...head,
    ...rules.flatMap((it) => [
      '',
      visible(`  ${plural(it.documents, 'document')}: ${reasonText(it)}`),
      visible(
        `    rule      ${it.rule}${it.version === undefined ? '' : `, version ${it.version}`}, stage ${it.stage}`,
      ),
      `    seen      first ${it.firstSeen}, last ${it.lastSeen} UTC`,
      visible(`    such as   ${it.places.join(', ')}`),
      `    mend      at the producer (a newer version of an order ends it), or in ${it.mend}`,
    ]),
    '',
    'Mended? Try it first, then let it through; what nobody wants is given up:',
    ...[`dry-run ${pipeline}`, `release ${pipeline} --rule RULE`, `discard ${pipeline} --rule RULE --reason TEXT`].map(
      (it) => `  ${nextCommand(context, `quarantine ${it}`, data)}`,
    ),
  ];
};
