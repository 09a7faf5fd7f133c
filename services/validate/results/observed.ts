/** An ISO date or time, or a number: what is no text of somebody's. */
const PLAIN =
  /^(\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d+)?( ?([+-]\d\d:?\d\d|Z))?)?|\d\d:\d\d:\d\d(\.\d+)?|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/;

/**
 * A figure as results may tell it: text out of the data stays where it is, only its length is told.
 * @example shown('Ann') // 'a text of 3 characters'
 */
export const shown = (value: unknown): unknown => {
  if (typeof value === 'string' && !PLAIN.test(value)) return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, shown(it)]));
  return value;
};
