import { Dialect, generate, parse } from '@polyglot-sql/sdk';

/** A node of the parser's tree: plain JSON. */
export interface Node {
  readonly [key: string]: Node | readonly Node[] | string | number | boolean | null | undefined;
}

/** A part of a node, nothing where it has none. */
export const child = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((at, key) => at?.[key] as Node | undefined, node);

/** A list of a node, empty where it has none. */
export const children = (node: Node | undefined, ...path: readonly string[]): readonly Node[] =>
  (child(node, ...path) as readonly Node[] | undefined) ?? [];

/** An identifier as Snowflake reads it: in capital letters, unless it is quoted. */
export const nameOf = (identifier: Node | undefined): string => {
  const { name, quoted } = (identifier ?? {}) as { name?: string; quoted?: boolean };
  return quoted === true ? (name ?? '') : (name ?? '').toUpperCase();
};

/** One Snowflake query as a tree; throws the parser's own words for anything else. */
export const treeOf = (text: string): Node => {
  const { success, ast, error } = parse(text, Dialect.Snowflake);
  if (!success) throw new SyntaxError(error);
  if (ast.length !== 1) throw new SyntaxError(`${ast.length} statements where one is expected`);
  return ast[0] as unknown as Node;
};

/** A tree as Snowflake's text again. */
export const textOf = (tree: Node): string => {
  const { success, sql, error } = generate([tree], Dialect.Snowflake);
  if (!success || !sql?.[0]) throw new SyntaxError(String(error));
  return sql[0];
};
