import type { Command, StatementContext } from '../session/command.ts';
import type { ObjectKind } from '../catalog/object.ts';
import { createHead } from '../catalog/create-head.ts';
import { unsupported } from '../catalog/errors.ts';
import { pathIn } from '../catalog/lifecycle.ts';
import { Cursor } from '../sql/cursor.ts';
import type { Token } from '../sql/token.ts';
import { parseTags, tagObject, type TagValues } from './set-tags.ts';

const KINDS: readonly ObjectKind[] = ['DATABASE', 'SCHEMA', 'TABLE', 'VIEW', 'WAREHOUSE', 'STAGE'];

/** A clause `[WITH] TAG (...)`: its tokens from `first` up to and without `end`. */
interface Clause {
  readonly first: number;
  readonly end: number;
  readonly depth: number;
  /** Of a column in the list of columns: its name. */
  readonly column?: string;
}

/** CREATE with tags: the object comes into being without them, and gets them then. */
export const createWithTags: Command = {
  matches: ([verb, kind], tokens) =>
    verb === 'CREATE' && (KINDS as readonly string[]).includes(kind ?? '') && clausesOf(tokens).length > 0,
  run: async (context) => {
    const { statement, warehouse, session } = context;
    const { text, tokens } = statement;
    const clauses = clausesOf(tokens);
    const { kind, path, orAlter } = createdObject(context);
    if (kind === undefined || orAlter || clauses.some(({ depth }) => depth > 1))
      throw unsupported('tags in this CREATE');
    const changes = clauses.map(({ first, end, column }): { column?: string; values: TagValues } => {
      const cursor = new Cursor([...tokens.slice(first, end), tokens.at(-1)!]);
      cursor.accept('WITH');
      cursor.expect('TAG', '(');
      return { ...(column !== undefined && { column }), values: parseTags(cursor, context) };
    });
    const start = tokens[0]!.start;
    const bare = clauses.reduceRight(
      (rest, { first, end }) => rest.slice(0, tokens[first]!.start - start) + rest.slice(tokens[end - 1]!.end - start),
      text,
    );
    const before = warehouse.catalog.find(kind, path)?.id;
    const outcome = await context.execute(bare, context.binds);
    if (session.temporary.has(path.join('\0'))) throw unsupported('tags of temporary tables and views');
    if (warehouse.catalog.find(kind, path)?.id !== before) await tagObject(context, kind, path, changes);
    return outcome;
  },
};

const createdObject = (
  context: StatementContext,
): { kind: ObjectKind | undefined; path: readonly string[]; orAlter: boolean } => {
  const { tokens } = context.statement;
  const at = tokens.findIndex(({ kind, value }) => kind === 'word' && (KINDS as readonly string[]).includes(value));
  const kind = at < 0 ? undefined : (tokens[at]!.value as ObjectKind);
  if (kind === undefined || ['MATERIALIZED', 'DYNAMIC', 'EXTERNAL'].includes(tokens[at - 1]!.value))
    return { kind: undefined, path: [], orAlter: false };
  const { name, orAlter } = createHead(context.cursor(), kind);
  if (kind === 'DATABASE' || kind === 'WAREHOUSE') return { kind, path: name, orAlter };
  if (kind === 'SCHEMA')
    return { kind, path: name.length === 1 ? [context.session.needDatabase(), ...name] : name, orAlter };
  return { kind, path: pathIn(context, name), orAlter };
};

/** The clauses of a statement, up to the query behind AS. */
const clausesOf = (tokens: readonly Token[]): Clause[] => {
  const found: Clause[] = [];
  let depth = 0;
  let column: string | undefined;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    if (token.kind === 'word' && token.value === 'AS' && depth === 0) break;
    const opens = token.kind === 'operator' && token.text === '(';
    if (depth === 1 && (tokens[i - 1]?.text === ',' || tokens[i - 1]?.text === '(')) column = token.value;
    if (opens) depth += 1;
    if (token.kind === 'operator' && token.text === ')') depth -= 1;
    if (token.kind !== 'word' || token.value !== 'TAG' || !assigns(tokens.slice(i + 1))) continue;
    const end = tokens.findIndex((each, at) => at > i && each.kind === 'operator' && each.text === ')') + 1;
    const first = tokens[i - 1]?.value === 'WITH' ? i - 1 : i;
    found.push({ first, end, depth, ...(depth === 1 && column !== undefined && { column }) });
    i = end - 1;
  }
  return found;
};

/** Whether `( name = ` comes: what else is in brackets behind the word is no clause, since something may be called TAG. */
const assigns = (tokens: readonly Token[]): boolean => {
  const equals = tokens.findIndex(({ kind, text }) => kind === 'operator' && text !== '(' && text !== '.');
  return tokens[0]?.text === '(' && tokens[equals]?.text === '=';
};
