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
export const fragment = (strings: TemplateStringsArray, ...values: readonly Value[]): Fragment =>
  compose(strings, values);

const compose = (strings: readonly string[], values: readonly Value[]): Fragment => {
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
    const { text, binds } = compose(dedent(strings), values);
    return Object.freeze({ name: statementName, text, binds });
  };

// Only the template's own lines: what is put into it may hold literals of several lines.
const dedent = (strings: readonly string[]): readonly string[] => {
  const indent = /^\n( *)/.exec(strings[0]!)?.[1]!.length ?? 0;
  const margin = new RegExp(`\\n {0,${indent}}`, 'g');
  return strings.map((it, index) => {
    const line = it.replace(margin, '\n').slice(index === 0 && it.startsWith('\n') ? 1 : 0);
    return index === strings.length - 1 ? line.trimEnd() : line;
  });
};
