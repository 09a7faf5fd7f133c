/** Where a node stands in its text: `start` is its first character, `end` the one after its last. */
export type Span = { readonly start: number; readonly end: number };

export type JsonObject = Span & { readonly kind: 'object'; readonly members: readonly Member[] };
export type JsonArray = Span & { readonly kind: 'array'; readonly items: readonly JsonNode[] };
export type JsonString = Span & { readonly kind: 'string'; readonly value: string };
/** Numbers keep their text: a double would lose digits that the sender wrote. */
export type JsonNumber = Span & { readonly kind: 'number'; readonly text: string };
export type JsonLiteral = Span & { readonly kind: 'literal'; readonly text: 'true' | 'false' | 'null' };

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral;

/** Members keep their order and their duplicates, since event patterns can tell both. */
export type Member = { readonly key: string; readonly value: JsonNode };

/** The last member of that name, as readers of JSON commonly have it. */
export const member = (node: JsonObject, key: string): JsonNode | undefined =>
  node.members.findLast((candidate) => candidate.key === key)?.value;
