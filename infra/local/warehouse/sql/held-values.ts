/**
 * JSON has no dates and no `undefined`: in documents here they are texts that begin with this character, which Unicode keeps for such uses. Of the
 * instants the LTZ ones begin with two; the mark alone is `undefined`. What leaves the warehouse has no marks.
 */
export const HELD = '\uFDD0';

/** The JSON text of a place without a value. */
export const UNDEFINED = `"${HELD}"`;

/** A time is printed without the digits of its last second. */
const TIME = new RegExp(`(${HELD}\\d\\d:\\d\\d:\\d\\d)\\.\\d+`, 'g');

/**
 * A document as Snowflake prints it.
 *
 * @example withoutMarks('[1]') // '[1]'
 */
export const withoutMarks = (text: string): string =>
  text.includes(HELD) ? text.replaceAll(UNDEFINED, 'undefined').replaceAll(TIME, '$1').replaceAll(HELD, '') : text;
