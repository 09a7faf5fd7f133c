import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { TableRef, ValidationStage } from '../../../events/contract.ts';
import { judgeRows } from '../../../services/validate/sql/judge-rows.ts';
import { documentsOf, isOffender, type Offending } from '../../../services/validate/sql/offenders.ts';
import { readSuite, type AnySuite } from '../../../services/validate/suites/compile-suite.ts';
import { PIPELINES, suiteOf } from '../../../services/validate/suites/registry.ts';
import { Defect } from '../../../shared/errors.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import type { Terminal } from '../terminal.ts';
import { tableLines } from '../view/report.ts';
import { visible } from '../view/text.ts';

export interface SuiteOptions {
  readonly json?: true;
}
interface Named {
  readonly of: string;
  readonly stage: ValidationStage;
  readonly suite: AnySuite;
}

/** Reads a suite, a file's or a pipeline's own, and tells what each expectation does; 1 with all that is wrong where it can't be used. */
export const checkSuite = async ({ terminal }: Context, what: string, { json }: SuiteOptions): Promise<number> => {
  let suites: readonly Named[];
  try {
    suites = await suitesOf(what);
  } catch (error) {
    if (!(error instanceof Defect)) throw error;
    const faults = error.message.split('\n');
    await terminal.result(json ? `${JSON.stringify({ faults })}\n` : `${faults.map(visible).join('\n')}\n`);
    return 1;
  }
  const told = suites.map(({ of, suite }) => ({
    suite: of,
    ...(suite.key !== undefined && { key: suite.key }),
    expectations: suite.expectations.map((it) => ({
      type: it.rule,
      column: it.column,
      severity: it.severity,
      breaks: it.reason,
    })),
  }));
  const lines = suites.flatMap((it) => suiteLines(terminal, it));
  await terminal.result(json ? `${JSON.stringify({ suites: told })}\n` : `${lines.join('\n')}\n`);
  return 0;
};

/** The SQL that a suite becomes, as it would run on a table called BATCH. */
export const explainSuite = async ({ terminal }: Context, what: string, { json }: SuiteOptions): Promise<number> => {
  const statements = (await suitesOf(what)).flatMap(({ of, stage, suite }) => {
    const from = TableRef.parse('DATABASE.SCHEMA.BATCH');
    const held = suite.expectations.flatMap((it, index) => (it.severity === 'quarantine' ? [index] : []));
    const offending = { suite: { ...suite, key: suite.key ?? 'KEY' }, stage, from, held };
    return [judgeRows({ suite, stage, from }), ...(held.length > 0 ? [findOffenders(offending)] : [])].map((it) => ({
      suite: of,
      ...it,
    }));
  });
  const text = statements.map((it) => `-- ${it.suite}: ${it.name}\n${filled(it)};\n`).join('\n');
  await terminal.result(json ? `${JSON.stringify({ statements })}\n` : text);
  return 0;
};

/** The documents that would be held, had every expectation that holds any been broken. */
const findOffenders = (p: Offending): Statement =>
  sql('find-offenders')`select v.* from ${documentsOf(p)} where ${isOffender(p)}`;

const suitesOf = async (what: string): Promise<readonly Named[]> => {
  if (PIPELINES.includes(what))
    return ValidationStage.options.map((stage) => ({ of: `${what}.${stage}`, stage, suite: suiteOf(what, stage) }));
  if (!existsSync(what)) throw new Refusal(`no file ${what}, and no pipeline: there is ${PIPELINES.join(', ')}`);
  const name = basename(what, '.json');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(what, 'utf8'));
  } catch (error) {
    throw new Defect(`suite ${name}: is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return [{ of: name, stage: 'extracted', suite: readSuite(name, json) }];
};

const suiteLines = (terminal: Terminal, { of, suite }: Named): readonly string[] => [
  terminal.paint('bold', visible(`${of}: ${suite.expectations.length} expectations, all can be judged`)),
  ...tableLines(
    terminal,
    [
      { name: 'expect', narrowest: 20 },
      { name: 'column', narrowest: 6 },
      { name: 'not met' },
      { name: 'what breaks it', narrowest: 12 },
    ],
    suite.expectations.map((it) => [
      it.rule.replace(/^expect_/, ''),
      visible(it.column ?? '-'),
      it.severity,
      visible(it.reason),
    ]),
  ),
  ...(suite.key === undefined
    ? ["(meta.key does not name the column of the order's key yet: a pipeline's suite must)"]
    : []),
];

/** With its values in place of the binds, to be read. */
const filled = ({ text, binds }: Statement): string => {
  let at = 0;
  return text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (it) => (it === '?' ? shown(binds[at++]) : it));
};
const shown = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
