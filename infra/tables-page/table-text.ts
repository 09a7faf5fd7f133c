const CREATE = /^create (?:or replace )?(?:transient )?table (?:if not exists )?((?:"[^"]+"\.?)+)\s*\(/;

/** The table that a statement creates from columns, without quotes; undefined for any other statement. */
export const tableIn = (text: string): string | undefined => CREATE.exec(text)?.[1]!.replaceAll('"', '');

/** Its columns as the statement spells them. */
export const columnsIn = (text: string): readonly { readonly name: string; readonly type: string }[] => {
  const inner = text.slice(text.indexOf('(', CREATE.exec(text)![0].length - 1) + 1, text.lastIndexOf(')'));
  return split(inner).map((it) => {
    const [, name, type] = /^("[^"]+"|\w+)\s+(.+)$/.exec(it)!;
    return { name: name!.replaceAll('"', ''), type: type!.toUpperCase() };
  });
};

/** Splits at commas outside of brackets: NUMBER(10,0) is one type. */
const split = (text: string): readonly string[] => {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((it) => it.trim().replace(/\s+/g, ' '));
};
