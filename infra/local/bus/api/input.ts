import { BusError, invalid } from '../errors.ts';

/** The body of a call: JSON, not yet trusted. */
export type Input = Readonly<Record<string, unknown>>;

/** What a text must satisfy. */
export interface TextRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

const violated = (value: string | number | undefined, place: string, constraint: string): never => {
  const shown = value === undefined ? 'null' : `'${String(value)}'`;
  return invalid(
    `1 validation error detected: Value ${shown} at '${place}' failed to satisfy constraint: Member must ${constraint}`,
  );
};

const wrongType = (name: string, wanted: string): never => {
  throw new BusError('SerializationException', `${name} is not a ${wanted}`);
};

const placeOf = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

const check = (value: string, place: string, { min = 0, max, pattern, oneOf }: TextRule): string => {
  if (oneOf && !oneOf.includes(value)) return violated(value, place, `satisfy enum value set: [${oneOf.join(', ')}]`);
  if (pattern && !pattern.test(value)) {
    return violated(value, place, `satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`);
  }
  if (max !== undefined && value.length > max)
    return violated(value, place, `have length less than or equal to ${max}`);
  return value.length < min ? violated(value, place, `have length greater than or equal to ${min}`) : value;
};

/** A text that may be left out. */
export const optionalText = (
  input: Input,
  name: string,
  rule: TextRule = {},
  place = placeOf(name),
): string | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  return typeof value === 'string' ? check(value, place, rule) : wrongType(name, 'string');
};

/** A text that must be there. */
export const requiredText = (input: Input, name: string, rule: TextRule = {}, place = placeOf(name)): string =>
  optionalText(input, name, rule, place) ?? violated(undefined, place, 'not be null');

/** A whole number within bounds, or nothing. */
export const optionalNumber = (input: Input, name: string, min: number, max: number): number | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(name, 'whole number');
  if (value > max) return violated(value, placeOf(name), `have value less than or equal to ${max}`);
  return value < min ? violated(value, placeOf(name), `have value greater than or equal to ${min}`) : value;
};

/** A moment in milliseconds; calls carry seconds. */
export const requiredTime = (input: Input, name: string): number => {
  const value = input[name] ?? undefined;
  if (value === undefined) return violated(undefined, placeOf(name), 'not be null');
  return typeof value === 'number' ? Math.round(value * 1000) : wrongType(name, 'timestamp');
};

const isInput = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A structure, or nothing. */
export const optionalObject = (input: Input, name: string): Input | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  return isInput(value) ? value : wrongType(name, 'structure');
};

/** A list of between `min` and `max` structures. */
export const objects = (input: Input, name: string, min: number, max: number): readonly Input[] => {
  const value = input[name] ?? undefined;
  if (value === undefined) return violated(undefined, placeOf(name), 'not be null');
  if (!Array.isArray(value) || !value.every(isInput)) return wrongType(name, 'list of structures');
  if (value.length > max)
    return violated(JSON.stringify(value), placeOf(name), `have length less than or equal to ${max}`);
  return value.length < min
    ? violated(JSON.stringify(value), placeOf(name), `have length greater than or equal to ${min}`)
    : value;
};

/** A list of texts, or nothing. */
export const optionalTexts = (input: Input, name: string): readonly string[] | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  const texts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return texts ? value : wrongType(name, 'list of strings');
};

/** Refuses what this bus would otherwise ignore. */
export const onlyKnows = (input: Input, known: readonly string[]): void => {
  const strange = Object.keys(input).find((name) => !known.includes(name) && (input[name] ?? undefined) !== undefined);
  if (strange !== undefined) invalid(`Parameter ${strange} is not supported by the local bus.`);
};
