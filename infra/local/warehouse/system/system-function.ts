import type { Value } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';

/** A SYSTEM$ function: it runs beside the statement that calls it, which then sees its value as a constant. */
export type SystemFunction = (args: readonly Value[], context: StatementContext) => Promise<Value>;
