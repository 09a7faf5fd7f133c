import { writeFile } from 'node:fs/promises';
import { attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { findFlow } from '../flow/find-batch.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { tableLines } from '../view/report.ts';
import { visible } from '../view/text.ts';
import { validationHtml, type Section } from '../validation/html.ts';
import { aboutOf, passRate, readTrend, readValidations, seenOf, type Found } from '../validation/read.ts';

export type ValidationOptions = CommonOptions & { readonly html?: string };

/** Shows what validations of a batch found, as a table, as Great Expectations' JSON, or as a page; 1 if the batch broke one on the whole of it. */
export const validation = async (context: Context, id: string, options: ValidationOptions): Promise<number> => {
  const { terminal } = context;
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const { flow, batchId } = await findFlow(session, id, nextCommand(context, 'batches', options.data));
    const found = await readValidations(session, flow, batchId);
    const sections: Section[] = [];
    if (options.html) for (const it of found) sections.push({ found: it, trend: await readTrend(session, flow, it) });
    await session.close();
    const hasFailed = found.some((it) => it.outcome === 'failed');
    const next = nextCommand(context, `${hasFailed ? 'replay' : 'batch'} ${batchId}`, options.data);
    if (found.length === 0) throw new Refusal(`nothing of batch ${batchId} has been validated yet`, { next });
    if (options.html) {
      await writeFile(options.html, validationHtml(flow.pipeline, batchId, sections));
      terminal.note(`Written to ${options.html}\n`);
    }
    const text = options.json
      ? JSON.stringify({ batchId, pipeline: flow.pipeline, validations: found })
      : [
          ...found.flatMap((it) => [...validationLines(terminal, it), '']),
          ...(hasFailed ? [`mend   the documents, or the suite in services/validate/suites/${flow.pipeline}.*`] : []),
          `next   ${next}`,
        ].join('\n');
    await terminal.result(`${text}\n`);
    return hasFailed ? 1 : 0;
  } finally {
    await warehouse.close();
  }
};

/** One line an expectation: what it is about, the share of good rows, what was seen. */
export const validationLines = (terminal: Terminal, { stage, attempt, outcome, result }: Found): readonly string[] => {
  const { successful_expectations: met, evaluated_expectations: all } = result.statistics;
  return [
    terminal.paint('bold', `${stage} rows, attempt ${attempt}: ${outcome}; ${met} of ${all} expectations are met`),
    ...tableLines(
      terminal,
      [
        { name: 'expect', narrowest: 20 },
        { name: 'column', narrowest: 6 },
        { name: 'good', align: 'right' },
        { name: 'seen', narrowest: 10 },
        { name: 'not met' },
      ],
      result.results.map((it) => [
        it.expectation_config.type.replace(/^expect_/, ''),
        visible(aboutOf(it)) || '-',
        `${Math.floor(passRate(it) * 10) / 10}%`,
        visible(seenOf(it)),
        it.success ? '' : it.expectation_config.meta.severity,
      ]),
    ),
  ];
};
