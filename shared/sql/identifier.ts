/** An SQL name, quoted once and for all; the only thing besides literals of our own code that ever becomes SQL text. */
export class Identifier {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const MAX_LENGTH = 255; // Snowflake's limit for one identifier

const quote = (part: string): string => {
  if (part.length === 0 || part.length > MAX_LENGTH || part.includes('\0')) {
    throw new RangeError(`not usable as an SQL identifier: ${JSON.stringify(part.slice(0, 80))}`);
  }
  return `"${part.replaceAll('"', '""')}"`;
};

/**
 * One name, quoted, whatever characters it holds.
 * @example name('LINE "1"').text // '"LINE ""1"""'
 */
export const name = (part: string): Identifier => new Identifier(quote(part));

/**
 * A table's full name, quoted part by part.
 * @example ident('DEV_RAW.ECOMM.ORDERS').text // '"DEV_RAW"."ECOMM"."ORDERS"'
 */
export const ident = (table: string): Identifier => new Identifier(table.split('.').map(quote).join('.'));

/**
 * A path into a JSON document, quoted key by key, to stand behind a VARIANT column.
 * @example path(['customer', 'id']).text // ':"customer"."id"'
 */
export const path = (keys: readonly [string, ...string[]]): Identifier =>
  new Identifier(`:${keys.map(quote).join('.')}`);
