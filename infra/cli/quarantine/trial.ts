import { nextCommand, type Context } from '../context.ts';
import { dryRun, type Trial } from '../operate/dry-run.ts';
import type { Session } from '../session.ts';
import { grouped } from '../view/numbers.ts';
import { tableLines } from '../view/report.ts';
import { meantFlows, type QuarantineOptions } from './options.ts';

/** Tells how many held documents would pass now, by rule; nothing that lasts is written. */
export const tryRelease = async (session: Session, context: Context, options: QuarantineOptions): Promise<number> => {
  const trials: Trial[] = [];
  for (const flow of meantFlows(options.pipeline)) trials.push(await dryRun(session, flow));
  const text = options.json
    ? JSON.stringify({ trials })
    : trials.flatMap((it) => lines(context, it, options)).join('\n');
  await context.terminal.result(`${text}\n`);
  return 0;
};

const lines = (context: Context, it: Trial, { data }: QuarantineOptions): readonly string[] => {
  const { terminal } = context;
  const head = `${it.pipeline}: ${grouped(it.pass)} of ${grouped(it.held)} would pass now`;
  if (it.held === 0) return [`${it.pipeline}: nothing is held`];
  return [
    terminal.paint('bold', head),
    ...tableLines(
      terminal,
      [
        { name: 'rule', narrowest: 20 },
        { name: 'column', narrowest: 8 },
        { name: 'held', align: 'right' },
        { name: 'would pass', align: 'right' },
        { name: 'still break it', align: 'right' },
      ],
      it.rules.map((rule) => [
        rule.rule,
        rule.column ?? '-',
        grouped(rule.documents),
        grouped(rule.pass),
        grouped(rule.stillBreak),
      ]),
    ),
    ...(it.pass === 0 ? [] : [`next   ${nextCommand(context, `quarantine release ${it.pipeline} --all`, data)}`]),
  ];
};
