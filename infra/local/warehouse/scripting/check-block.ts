import { SnowflakeError } from '../contract.ts';
import type { Block, Declaration, Place, Statement } from './ast.ts';

/** Refuses, before any of a block runs, variables whose type their first value does not tell: NULL, or a column of a loop's record. */
export const checkInference = (block: Block, records: ReadonlySet<string> = new Set()): void => {
  for (const declaration of block.declarations) checkDeclaration(declaration, declaration, records);
  for (const statements of [block.body, ...block.handlers.map(({ body }) => body)])
    for (const statement of statements) checkStatement(statement, records);
};

const checkStatement = (statement: Statement, records: ReadonlySet<string>): void => {
  if (statement.kind === 'let') checkDeclaration(statement.declaration, statement, records);
  if (statement.kind === 'block') checkInference(statement.block, records);
  const inside = statement.kind === 'each' ? new Set([...records, statement.name]) : records;
  for (const inner of within(statement)) checkStatement(inner, inside);
};

const checkDeclaration = (declaration: Declaration, place: Place, records: ReadonlySet<string>): void => {
  if (declaration.kind === 'procedure') return checkInference(declaration.procedure.block, records);
  if (declaration.kind !== 'variable' || declaration.type !== undefined || declaration.value === undefined) return;
  const [first, dot, , end] = declaration.value.tokens;
  const isNull = first!.kind === 'word' && first!.value === 'NULL' && dot!.kind === 'end';
  if (isNull || (records.has(first!.value) && dot!.text === '.' && end?.kind === 'end'))
    throw refusal('092228', place, `variable '${declaration.name}' cannot have its type inferred from initializer`);
};

/** Refuses, before any of a procedure's block runs, a RETURN of a value where it declares a table, and the reverse. */
export const checkReturns = (statements: readonly Statement[], declared: 'TABLE' | 'SCALAR'): void => {
  for (const statement of statements) {
    const actual =
      statement.kind === 'return-table'
        ? 'TABLE'
        : statement.kind === 'return' && statement.value
          ? 'SCALAR'
          : declared;
    if (actual !== declared)
      throw refusal(
        '002000',
        statement,
        `Declared return type '${declared}' is incompatible with actual return type '${actual}'`,
      );
    const { body, handlers } = statement.kind === 'block' ? statement.block : { body: [], handlers: [] };
    checkReturns([...within(statement), ...body, ...handlers.flatMap((handler) => handler.body)], declared);
  }
};

/** The statements in branches and loops. */
const within = (statement: Statement): readonly Statement[] => {
  if ('branches' in statement)
    return [...statement.branches.flatMap(({ body }) => body), ...(statement.otherwise ?? [])];
  return 'body' in statement ? statement.body : [];
};

const refusal = (code: string, { line, position }: Place, text: string): SnowflakeError =>
  new SnowflakeError(code, 'P0000', `SQL compilation error: error line ${line} at position ${position}\n ${text}`);
