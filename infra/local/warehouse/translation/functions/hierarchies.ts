import type { Call, FunctionRules } from '../call.ts';
import type { Hierarchy } from '../connect-by.ts';
import { compilationError } from '../failures.ts';

const hierarchyOf = (call: Call): Hierarchy => {
  if (call.scope.hierarchy) return call.scope.hierarchy;
  throw compilationError('002078', '42601', `${call.name} without CONNECT BY`);
};

/** What belongs to CONNECT BY. */
export const HIERARCHIES: FunctionRules = {
  CONNECT_BY_ROOT: (call) => hierarchyOf(call).root(call.parts.nodes[0]!),
  SYS_CONNECT_BY_PATH: (call) => {
    call.expect(2);
    return hierarchyOf(call).path(call.parts.nodes[0]!, call.text(1));
  },
};
