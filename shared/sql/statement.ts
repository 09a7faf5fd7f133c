import { Identifier } from './identifier.ts';

export type Bind = string | number | boolean | null;

/** A piece of SQL: text with `?` for each bind, and nothing mutable. */
export interface Fragment {
  readonly text: string;
  readonly binds: readonly Bind[];
}

/** A complete statement; its name is its file's, its golden's and its log key. */
export interface Statement extends Fragment {
  readonly name: string;
}

type Value = Bind | Identifier | Fragment;

const isFragment = (value: Value): value is Fragment => typeof value === 'object' && value !== null && 'binds' in value;

/**
 * A piece of SQL whose values become binds; only identifiers and other fragments become text.
 * @example fragment`a = ${1} and ${name('B')} = ${'x'}`.text // 'a = ? and "B" = ?'
 */
export const fragment = (strings: TemplateStringsArray, ...values: readonly Value[]): Fragment => {
  const binds: Bind[] = [];
  let text = strings[0]!;
  values.forEach((value, index) => {
    if (value instanceof Identifier) text += value.text;
    else if (isFragment(value)) {
      text += value.text;
      binds.push(...value.binds);
    } else {
      text += '?';
      binds.push(value);
    }
    text += strings[index + 1]!;
  });
  return Object.freeze({ text, binds });
};

/**
 * Fragments one after another.
 * @example join([fragment`a`, fragment`b`], ' and ').text // 'a and b'
 */
export const join = (parts: readonly Fragment[], separator: ', ' | ' and ' | ' or ' | '\n' | ',\n  '): Fragment => ({
  text: parts.map((it) => it.text).join(separator),
  binds: parts.flatMap((it) => it.binds),
});

/** SQL that an owner wrote in a file of this repository; never anything that came with a message or a document. */
export const trusted = (text: string): Fragment => ({ text, binds: [] });

/** Names a statement: `sql('drop-temp')` followed by its text as a template. */
export const sql =
  (statementName: string) =>
  (strings: TemplateStringsArray, ...values: readonly Value[]): Statement => {
    const { text, binds } = fragment(strings, ...values);
    return Object.freeze({ name: statementName, text: dedent(text), binds });
  };

const dedent = (text: string): string => {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, /^ */.exec(line)![0].length))).join('\n');
};
