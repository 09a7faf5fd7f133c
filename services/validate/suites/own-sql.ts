/** A query of an owner's own, taken apart as far as it must be to be put into another one. */
export interface OwnQuery {
  /** Without comments and the semicolon at its end. */
  readonly text: string;
  /** The condition, where it reads SELECT * FROM {batch} WHERE <condition> and nothing else. */
  readonly predicate?: string;
}

interface Token {
  readonly text: string;
  readonly depth: number;
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|\{[A-Za-z_]+\}|[A-Za-z_][\w$]*|\s+|[\s\S]/g;

/** What changes something, could it stand in a SELECT. */
const CHANGING =
  /\b(insert\s+into|delete\s+from|update\s+\S+\s+set|merge\s+into|truncate\s+table|(create|alter|drop|undrop)\s+[a-z]+|grant\s+[a-z]+|revoke\s+[a-z]+|copy\s+into|execute\s+(immediate|task))\b/i;
/** What may follow a condition, and makes the query more than that. */
const MORE =
  /^(group|having|order|limit|union|intersect|except|minus|qualify|fetch|offset|window|join|start|connect)$/i;
const ROWS = /^\s*select\s+\*\s+from\s+\{batch\}\s+where\s+(?<predicate>[\s\S]+)$/i;

/**
 * Reads one SELECT; throws for anything that is not exactly that, or that would reach out of the parentheses it is put into.
 * @example readOwnQuery('select * from {batch} where A > 1 -- why').predicate // 'A > 1'
 */
export const readOwnQuery = (query: string): OwnQuery => {
  const tokens = tokensOf(query);
  const text = tokens
    .map((it) => it.text)
    .join('')
    .trim();
  if (!/^(select|with)\b/i.test(text)) throw new RangeError('must be one SELECT');
  const words = tokens.map((it) => (/^['"$]/.test(it.text) ? "''" : it.text)).join('');
  const refused = CHANGING.exec(words) ?? /\bsystem\$\w*/i.exec(words);
  if (refused) throw new RangeError(`must only read: ${refused[0].toUpperCase()} may do more`);
  const predicate = ROWS.exec(text)?.groups!['predicate'];
  const isMore = tokens.some((it) => it.depth === 0 && MORE.test(it.text));
  if (predicate === undefined || isMore || predicate.includes('{batch}')) return { text };
  return { text, predicate };
};

const tokensOf = (query: string): readonly Token[] => {
  const tokens: Token[] = [];
  let depth = 0;
  for (const [text] of query.trim().replace(/;\s*$/, '').matchAll(TOKEN)) {
    if (text === ';') throw new RangeError('must be one statement: there is a semicolon in it');
    if (text.startsWith('--') || text.startsWith('/*')) {
      tokens.push({ text: ' ', depth });
      continue;
    }
    const isOpen = text === "'" || text === '"' || (text === '$' && tokens.at(-1)?.text === '$');
    if (isOpen) throw new RangeError('a quotation mark is not closed');
    if (text === '/' && tokens.at(-1)?.text === '*') throw new RangeError('a comment is closed that was not opened');
    if (text === '?' || text === '{' || text === '}') throw new RangeError(`must not hold ${text} outside of quotes`);
    if (text.startsWith('{') && text !== '{batch}') throw new RangeError(`knows no ${text}; the table is {batch}`);
    if (text === ')') depth -= 1;
    if (depth < 0) throw new RangeError('closes a parenthesis that it did not open');
    tokens.push({ text, depth });
    if (text === '(') depth += 1;
  }
  if (depth > 0) throw new RangeError('does not close a parenthesis');
  return tokens;
};
