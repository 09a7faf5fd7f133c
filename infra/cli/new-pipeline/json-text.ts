/** A number as its document spells it: 148.0 says more of a price than 148, and 2^53 is not the end. */
export class Numeral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON as it was written. */
export type Json = null | boolean | string | Numeral | readonly Json[] | { readonly [key: string]: Json };

/** An object of a document. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is an object, and neither a list nor a number. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Numeral);

/** Reads JSON and keeps every number's spelling; throws a SyntaxError for anything else. */
export const readJson = (text: string): Json =>
  JSON.parse(text, (_, value: unknown, ...rest: readonly unknown[]) =>
    typeof value === 'number' ? new Numeral((rest[0] as { readonly source: string }).source) : value,
  ) as Json;

/** Writes a document in one line, its numbers spelled as they were read. */
export const writeJson = (value: Json): string => {
  if (value instanceof Numeral) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, it]) => `${JSON.stringify(key)}:${writeJson(it)}`)
      .join(',')}}`;
  return JSON.stringify(value);
};
