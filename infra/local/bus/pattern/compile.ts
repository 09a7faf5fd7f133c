import type { JsonNode, JsonObject, Member } from '../json/node.ts';
import { readCondition } from './condition.ts';
import type { Condition } from './condition.ts';
import { InvalidPattern, refuse, refuseEnd } from './invalid-pattern.ts';
import { RESERVED_IN_OR } from './reserved.ts';

/** One way to match: every path must satisfy its condition. Paths are joined by dots, so `a.b` is also a in b. */
export type Branch = ReadonlyMap<string, Condition>;

const OR = '$or';
const MAX_PATHS = 256;
// "Over 1000 rule combinations" of $or are documented as invalid.
const MAX_BRANCHES = 1000;

type Inside = { readonly path: string; readonly withinOr: boolean; readonly orIsName: boolean };

const joined = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const addOr = (branches: Branch[], node: JsonNode, inside: Inside): Branch[] => {
  if (node.kind !== 'array') return refuse(node, 'It must be an Array followed with $or.');
  const alternatives = node.items.map((item) => {
    if (item.kind === 'object') return addObject(branches, item, { ...inside, withinOr: true });
    return refuse(item, 'Only JSON object is allowed in array of $or relationship.');
  });
  if (alternatives.length < 2) return refuseEnd(node, 'There must have at least 2 Objects in $or relationship.');
  const total = alternatives.flat();
  return total.length <= MAX_BRANCHES
    ? total
    : refuse(node, `$or makes ${total.length} rule combinations, more than ${MAX_BRANCHES}`);
};

const addMember = (branches: Branch[], { key, value }: Member, inside: Inside): Branch[] => {
  if (key === OR && !inside.orIsName) return addOr(branches, value, inside);
  if (inside.withinOr && RESERVED_IN_OR.has(key)) {
    return refuse(value, `${key} is Ruler reserved fieldName which cannot be used inside $or.`);
  }
  const path = joined(inside.path, key);
  if (value.kind === 'object') return addObject(branches, value, { ...inside, path });
  if (value.kind !== 'array') return refuse(value, `"${key}" must be an object or an array`);
  const condition = readCondition(value);
  return branches.map((branch) => new Map(branch).set(path, condition));
};

const addObject = (branches: Branch[], node: JsonObject, inside: Inside): Branch[] => {
  if (node.members.length === 0) return refuseEnd(node, 'Empty objects are not allowed');
  return node.members.reduce((sofar, member) => addMember(sofar, member, inside), branches);
};

const compile = (root: JsonNode, orIsName: boolean): Branch[] => {
  if (root.kind !== 'object') return refuse(root, 'Filter is not an object');
  const branches = addObject([new Map()], root, { path: '', withinOr: false, orIsName });
  const widest = Math.max(...branches.map((branch) => branch.size));
  if (widest > MAX_PATHS) return refuse(root, `Pattern names ${widest} fields, more than ${MAX_PATHS}`);
  return branches;
};

const holdsOr = (node: JsonNode): boolean =>
  node.kind === 'object' && node.members.some(({ key, value }) => key === OR || holdsOr(value));

const isTooNew = (expression: JsonNode): boolean => {
  const [first] = expression.kind === 'object' ? expression.members : [];
  if (first?.key !== 'anything-but' || first.value.kind !== 'object') return false;
  const [excluded] = first.value.members;
  if (excluded?.key === 'wildcard') return true;
  return (excluded?.key === 'prefix' || excluded?.key === 'suffix') && excluded.value.kind === 'array';
};

const holdsTooNew = (node: JsonNode): boolean => {
  if (node.kind === 'array') return node.items.some(isTooNew);
  return node.kind === 'object' && node.members.some(({ value }) => holdsTooNew(value));
};

/**
 * Turns a pattern into its branches; throws InvalidPattern. Where `$or` doesn't have the form of an alternative, it is
 * a field of that name, as in rules that are older than the operator; what is newer than the operator is no part of such rules.
 */
export const compilePattern = (root: JsonNode): readonly Branch[] => {
  try {
    return compile(root, false);
  } catch (error) {
    if (!(error instanceof InvalidPattern) || !holdsOr(root) || holdsTooNew(root)) throw error;
    try {
      return compile(root, true);
    } catch {
      throw error;
    }
  }
};
