import * as z from 'zod';
import type { Expectation, ExpectationKind, Family, Severity } from './expectation.ts';
import { fillParameters } from './fill-parameters.ts';
import { KINDS, REFUSED } from './kinds.ts';
import { ConditionParser, RowCondition, toPredicate } from './row-condition.ts';

const Spelled = z.object({
  type: z.string().max(300).nullish(),
  expectation_type: z.string().max(300).nullish(),
  kwargs: z.record(z.string(), z.unknown()).default({}),
  severity: z.string().nullish(),
  meta: z.record(z.string(), z.unknown()).nullish(),
  id: z.string().max(200).nullish(),
});

/** Arguments that say how a result is told, not what is expected. */
const TOLD = [
  'result_format',
  'catch_exceptions',
  'include_config',
  'auto',
  'profiler_config',
  'batch_id',
  'output_strftime_format',
  'windows',
];

const Conditional = { row_condition: RowCondition.nullish(), condition_parser: ConditionParser.nullish() };
const Mostly = { mostly: z.number().min(0).max(1).nullish() };
const SHARED: Readonly<Record<Family, z.ZodRawShape>> = {
  rows: { ...Conditional, ...Mostly },
  pair: { ...Conditional, ...Mostly },
  columns: { ...Conditional, ...Mostly },
  figure: Conditional,
  table: Conditional,
  query: {},
};

/** Ours by their names, and Great Expectations' own: what is not critical is only told. */
const SEVERITIES: Readonly<Record<string, Severity | 'default'>> = {
  quarantine: 'quarantine',
  fail: 'fail',
  warn: 'warn',
  critical: 'default',
  warning: 'warn',
  info: 'warn',
};

/** One expectation, or what is wrong with it and where. */
export const compileExpectation = (
  json: unknown,
  index: number,
  orderBy: readonly string[],
  parameters: Readonly<Record<string, unknown>> = {},
): Expectation | { readonly fault: string } => {
  const at = `expectations[${index}]`;
  const spelled = Spelled.safeParse(json);
  if (!spelled.success) return { fault: `${at}: ${z.prettifyError(spelled.error)}` };
  const { meta, id, kwargs: given } = spelled.data;
  const type = spelled.data.type ?? spelled.data.expectation_type ?? '(no type)';
  const refuse = (what: string) => ({ fault: `${at} ${type}: ${what}` });
  const kind = KINDS.find((it) => it.type === type);
  if (!kind) return refuse(unknown(type));

  const filled = filledBy(parameters, given);
  if (typeof filled === 'string') return refuse(filled);
  const kwargs = Object.fromEntries(Object.entries(filled).filter(([key]) => !TOLD.includes(key)));
  const shared = z.object(SHARED[kind.family]).safeParse(kwargs);
  const own = kind.kwargs.safeParse(without(kwargs, Object.keys(SHARED[kind.family])));
  if (!shared.success) return refuse(faultsOf(shared.error));
  if (!own.success) return refuse(faultsOf(own.error));
  const said = meta?.['severity'] ?? spelled.data.severity ?? 'critical';
  const severity = typeof said === 'string' ? SEVERITIES[said] : undefined;
  if (!severity) return refuse(`severity must be one of ${Object.keys(SEVERITIES).join(', ')}`);
  try {
    const common = shared.data as { row_condition?: RowCondition | null; mostly?: number | null };
    const scope = common.row_condition ? toPredicate(common.row_condition) : undefined;
    const compiled = kind.compile(own.data, { scope, orderBy });
    const isRowWise = compiled.rule.judges === 'rows';
    if (severity === 'quarantine' && !isRowWise) return refuse('holds no document back: its severity is fail or warn');
    return {
      rule: type,
      column: compiled.column,
      reason: compiled.reason,
      severity: severity === 'default' ? (isRowWise ? 'quarantine' : 'fail') : severity,
      mostly: common.mostly ?? 1,
      scope,
      judges: compiled.rule,
      kwargs,
      meta: meta ?? {},
      ...(id && { id }),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(`row_condition ${error.message}`);
  }
};

const filledBy = (
  parameters: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | string => {
  try {
    return fillParameters(given, parameters) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return `kwargs ${(error as RangeError).message}`;
  }
};

const without = (kwargs: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(kwargs).filter(([key]) => !keys.includes(key)));

const unknown = (type: string): string =>
  REFUSED[type] !== undefined
    ? `is not judged here: ${REFUSED[type]}`
    : `unknown expectation${nearest(type)}; docs/expectations.md lists what is known`;

const nearest = (type: string): string => {
  const words = new Set(type.split('_'));
  const shared = (it: ExpectationKind): number => it.type.split('_').filter((word) => words.has(word)).length;
  const best = KINDS.toSorted((a, b) => shared(b) - shared(a))[0];
  return best && shared(best) >= 4 ? ` (is ${best.type} meant?)` : '';
};

const faultsOf = (error: z.ZodError): string =>
  error.issues.map((it) => `${['kwargs', ...it.path].join('.')}: ${it.message}`).join('; ');
