import type { Action, Fragment, Statement } from './ast.ts';
import { needResult, openCursor } from './cursors.ts';
import type { Flow, Runtime } from './flow.ts';
import type { Result } from './host.ts';
import { parseInnerQuery } from './inner-query.ts';
import { Scope } from './scope.ts';
import { wholeNumber, type TypedValue } from './value.ts';

type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

const STOP = Symbol('stop');

/** Runs a loop's body once; STOP ends the loop, a flow goes further out, undefined goes on. */
const once = async (
  runtime: Runtime,
  body: readonly Statement[],
  scope: Scope,
  label: string | undefined,
): Promise<Flow | typeof STOP> => {
  const flow = await runtime.statements(body, scope);
  if (flow === undefined || flow.kind === 'return') return flow;
  if (flow.label !== undefined && flow.label !== label) return flow;
  return flow.kind === 'break' ? STOP : undefined;
};

/** FOR i IN a TO b: the bounds are evaluated once. */
export const range = async (runtime: Runtime, loop: Of<'range'>, outer: Scope): Promise<Flow> => {
  const whole = { type: 'fixed', precision: 38, scale: 0 } as const;
  const from = BigInt((await runtime.evaluator.value(loop.from, outer, whole)).text ?? '0');
  const to = BigInt((await runtime.evaluator.value(loop.to, outer, whole)).text ?? '-1');
  const step = loop.reverse ? -1n : 1n;
  for (let at = loop.reverse ? to : from; at >= from && at <= to; at += step) {
    const flow = await once(runtime, loop.body, inner(outer, loop.name, at), loop.label);
    if (flow === STOP) return undefined;
    if (flow !== undefined) return flow;
  }
  return undefined;
};

const LARGE = 1_000_000_000n;

const inner = (outer: Scope, name: string, at: bigint): Scope => {
  const scope = new Scope(outer);
  const value = at > -LARGE && at < LARGE ? { ...wholeNumber(at), precision: 9 } : wholeNumber(at);
  scope.declare(name, { kind: 'value', type: value, value, counter: true });
  return scope;
};

/** FOR row IN a cursor, a RESULTSET or a query. */
export const each = async (runtime: Runtime, loop: Of<'each'>, outer: Scope): Promise<Flow> => {
  const { result, rows, done } = await rowsOf(runtime, loop.source, outer);
  try {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      const scope = new Scope(outer);
      const fields = new Map(result.columns.map(({ name }, i) => [name, next.value[i]!]));
      scope.declare(loop.name, { kind: 'row', fields });
      const flow = await once(runtime, loop.body, scope, loop.label);
      if (flow === STOP) return undefined;
      if (flow !== undefined) return flow;
    }
    return undefined;
  } finally {
    done();
  }
};

const rowsOf = async (
  runtime: Runtime,
  source: Fragment,
  scope: Scope,
): Promise<{ result: Result; rows: AsyncIterator<readonly TypedValue[]>; done: () => void }> => {
  const name = source.tokens.length === 2 ? source.tokens[0]!.value : undefined;
  const variable = name === undefined ? undefined : scope.find(name);
  if (variable?.kind === 'cursor') {
    const already = variable.open !== undefined;
    if (!already) await openCursor(runtime, name!, [], scope);
    return { ...variable.open!, done: () => void (already || (variable.open = undefined)) };
  }
  const result =
    variable?.kind === 'resultset'
      ? needResult(variable.result, source.text)
      : await runtime.evaluator.run(parseInnerQuery(source), scope);
  return { result, rows: result.rows()[Symbol.asyncIterator](), done: () => undefined };
};

/** WHILE (condition) DO. */
export const whileLoop = async (runtime: Runtime, loop: Of<'while'>, scope: Scope): Promise<Flow> => {
  while (await runtime.evaluator.holds(loop.condition, scope)) {
    const flow = await once(runtime, loop.body, scope, loop.label);
    if (flow === STOP) return undefined;
    if (flow !== undefined) return flow;
  }
  return undefined;
};

/** REPEAT ... UNTIL: at least once. */
export const repeat = async (runtime: Runtime, loop: Of<'repeat'>, scope: Scope): Promise<Flow> => {
  do {
    const flow = await once(runtime, loop.body, scope, loop.label);
    if (flow === STOP) return undefined;
    if (flow !== undefined) return flow;
  } while (!(await runtime.evaluator.holds(loop.until, scope)));
  return undefined;
};

/** LOOP: until something inside ends it. */
export const forever = async (runtime: Runtime, loop: Of<'loop'>, scope: Scope): Promise<Flow> => {
  for (;;) {
    const flow = await once(runtime, loop.body, scope, loop.label);
    if (flow === STOP) return undefined;
    if (flow !== undefined) return flow;
  }
};
