/** A node of the parser's tree: an object with one key, its kind, whose value holds the parts. The literal string `null` stands for NULL. */
export type Node = Readonly<Record<string, unknown>>;

/** The kind of a node, such as `column` or `select`. */
export const kindOf = (node: Node): string => Object.keys(node)[0] ?? '';

/** The parts of a node, whatever its kind. */
export const partsOf = (node: Node): Parts => (Object.values(node)[0] ?? {}) as Parts;

/** The parts of a node as the parser spells them; absent ones are null, false or empty. */
export type Parts = Readonly<Record<string, unknown>>;

/** The node in a part, if there is one. */
export const nodeAt = (parts: Parts, key: string): Node | undefined => {
  const value = parts[key];
  return value === null || value === undefined || typeof value !== 'object' ? undefined : (value as Node);
};

/** The nodes in a part; none where it is absent. */
export const nodesAt = (parts: Parts, key: string): readonly Node[] => (parts[key] as Node[] | null | undefined) ?? [];

export const textAt = (parts: Parts, key: string): string | undefined =>
  typeof parts[key] === 'string' ? parts[key] : undefined;

/** A text that is equal for equal trees, wherever in the statement they stand. */
export const shape = (node: unknown): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'span' ? undefined : value));
