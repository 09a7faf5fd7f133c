/** One value of an event at a path: a string, or the text of a number, true, false or null. */
export type Leaf = { readonly string: boolean; readonly text: string };

/** One entry of a pattern's list; matches when any value at the path passes. */
export type Test = (leaf: Leaf) => boolean;

// A lone surrogate has no UTF-8 form; the matcher of AWS compares UTF-8 and sees a question mark.
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The text as it looks after a trip through UTF-8. */
export const utf8 = (text: string): string => text.replace(LONE_SURROGATE, '?');
