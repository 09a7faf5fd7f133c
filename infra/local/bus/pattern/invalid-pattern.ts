import type { JsonNode } from '../json/node.ts';

/** Why a pattern is refused, and the offset in its text if the reason has a place. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
  readonly offset: number | undefined;

  constructor(message: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}

/** Refuses a pattern at a node: composites are blamed where they open, scalars where they end, as AWS does. */
export const refuse = (node: JsonNode, message: string): never => {
  const scalar = node.kind === 'number' || node.kind === 'literal';
  throw new InvalidPattern(message, scalar ? node.end : node.start + 1);
};

/** Refuses a pattern where a node closes. */
export const refuseEnd = (node: JsonNode, message: string): never => {
  throw new InvalidPattern(message, node.end);
};
