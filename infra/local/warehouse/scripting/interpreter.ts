import type { Block, Declaration, Handler, Statement } from './ast.ts';
import { runAction } from './actions.ts';
import { checkInference } from './check-block.ts';
import { declare } from './declare.ts';
import { Evaluator } from './evaluator.ts';
import type { Flow, Runtime } from './flow.ts';
import type { Host, Result } from './host.ts';
import { Jobs } from './jobs.ts';
import { callNested } from './nested-procedures.ts';
import { Raised, raisedFrom } from './raised.ts';
import { Scope } from './scope.ts';
import { Specials } from './specials.ts';
import type { TypedValue } from './value.ts';

/** What a block returned: a value, a table, or nothing. */
export type Returned =
  | { readonly value: TypedValue; readonly plain?: boolean }
  | { readonly table: Result }
  | undefined;

/** Runs a block with the given variables, and tells what they ended up as; an exception that no handler takes is thrown as the error that a client sees. */
export const runBlock = async (
  host: Host,
  block: Block,
  variables: ReadonlyMap<string, TypedValue>,
  finals?: Map<string, TypedValue>,
): Promise<Returned> => {
  checkInference(block);
  const scope = new Scope();
  for (const [name, value] of variables) scope.declare(name, { kind: 'value', type: value, value });
  const specials = new Specials();
  const runtime: Runtime = {
    specials,
    evaluator: new Evaluator(host, specials, (query, from) => callNested(runtime, host, query, from)),
    jobs: new Jobs(),
    block: (inner, outer) => enter(runtime, inner, outer),
    statements: (list, inner) => statements(runtime, list, inner),
  };
  try {
    const flow = await enter(runtime, block, scope);
    for (const name of variables.keys()) finals?.set(name, scope.need('value', name).value);
    return flow?.kind === 'return' ? flow.returned : undefined;
  } catch (error) {
    throw error instanceof Raised ? error.uncaught() : error;
  }
};

const enter = async (runtime: Runtime, block: Block, outer: Scope): Promise<Flow> => {
  const declared = new Scope(outer, { handlers: [], scope: outer });
  for (const declaration of block.declarations) await declaring(runtime, declaration, declared, declaration);
  const handling = { handlers: block.handlers, scope: declared };
  try {
    return await statements(runtime, block.body, new Scope(declared, handling));
  } catch (error) {
    const handler = error instanceof Raised ? handlerFor(error, block.handlers) : undefined;
    if (handler === undefined) throw error;
    return handle(runtime, handler, error as Raised, declared);
  }
};

const declaring = async (
  runtime: Runtime,
  declaration: Declaration,
  scope: Scope,
  place: { line: number; position: number },
): Promise<void> => {
  try {
    await declare(runtime, declaration, scope);
  } catch (error) {
    throw raisedFrom(error, place);
  }
};

const statements = async (runtime: Runtime, list: readonly Statement[], scope: Scope): Promise<Flow> => {
  for (const statement of list) {
    try {
      const flow = await runAction(runtime, statement, scope);
      if (flow !== undefined) return flow;
    } catch (caught) {
      const error = raisedFrom(caught, statement);
      const { handling } = scope;
      const handler = error instanceof Raised && handling ? handlerFor(error, handling.handlers) : undefined;
      if (!handler?.goesOn) throw error;
      const flow = await handle(runtime, handler, error as Raised, handling!.scope);
      if (flow !== undefined) return flow;
    }
  }
  return undefined;
};

const handlerFor = (raised: Raised, handlers: readonly Handler[]): Handler | undefined =>
  handlers.find(({ names }) => names.includes(raised.exception)) ??
  handlers.find(({ names }) => names.includes('OTHER'));

const handle = async (runtime: Runtime, handler: Handler, raised: Raised, scope: Scope): Promise<Flow> => {
  runtime.specials.enterHandler(raised);
  try {
    return await statements(runtime, handler.body, new Scope(scope));
  } finally {
    runtime.specials.leaveHandler();
  }
};
