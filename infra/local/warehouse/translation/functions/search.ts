import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { compilationError, tooManyArguments, unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { expandStar } from '../star.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { BOOLEAN, isSemiStructured, TEXT } from '../types.ts';
import type { Typed } from '../types.ts';

/** What parts words, for a class of RE2. */
const DELIMITERS = String.raw` \[\];<>(){}|!,'"*&?+/:=@.\-$%\\_\n\r\t`;
const DELIMITER = new RegExp(`[${DELIMITERS}]+`);

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(DELIMITER)
    .filter((word) => word !== '');

const list = (values: readonly string[]): string => `[${values.map(quoteString).join(', ')}]`;

/** The search data: one value, several in parentheses, or a star; what is no text is passed over. */
const searched = (call: Call): readonly string[] => {
  const found = columns(call.parts.nodes[0]!);
  const texts = found.filter(({ type }) => type.name === 'text' || type.name === 'any' || isSemiStructured(type));
  if (texts.length === 0)
    throw compilationError('001173', '22023', 'Expected non-empty set of columns supporting full-text search.');
  return texts.map((value) => as(value, TEXT));

  function columns(node: Node): readonly Typed[] {
    const parts = partsOf(node);
    if (kindOf(node) === 'tuple') return nodesAt(parts, 'expressions').flatMap(columns);
    if (kindOf(node) === 'paren') return columns(nodeAt(parts, 'this')!);
    if (kindOf(node) === 'star') return expandStar(parts, call.context, call.scope).map(({ value }) => value);
    return [call.context.expression(node, call.scope)];
  }
};

const option = (call: Call, name: string, otherwise: string): string => {
  const node = call.named.get(name);
  if (!node) return otherwise;
  const value = kindOf(node) === 'literal' ? partsOf(node)['value'] : undefined;
  if (typeof value !== 'string') throw unsupported(`SEARCH with a computed ${name}`);
  return call.context.string(value).toUpperCase();
};

/** The words between delimiters, or by Unicode's rules, with one character between them. */
const PARTING = `chr(1)`;
const joined = (tokens: string): string => `(${PARTING} || array_to_string(${tokens}, ${PARTING}) || ${PARTING})`;

const tests: Readonly<Record<string, (tokens: string, needles: string) => string>> = {
  OR: (tokens, needles) => `list_has_any(${tokens}, ${needles})`,
  AND: (tokens, needles) => `list_has_all(${tokens}, ${needles})`,
  PHRASE: (tokens, needles) => `contains(${joined(tokens)}, ${joined(needles)})`,
};

/** The string itself, with a delimiter or nothing on either side. */
const exact = (text: string, needle: string): string => {
  const escaped = needle.toLowerCase().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const open = DELIMITER.test(needle.slice(0, 1)) ? '' : `(?:^|[${DELIMITERS}])`;
  const close = DELIMITER.test(needle.slice(-1)) ? '' : `(?:$|[${DELIMITERS}])`;
  return `regexp_matches(lower(${text}), ${quoteString(open + escaped + close)})`;
};

const search: FunctionRule = (call) => {
  call.expect(2, 4);
  if (call.count - call.named.size > 2) throw tooManyArguments(call.name, 2, call.count);
  const needle = call.literal(1);
  if (needle === undefined)
    throw compilationError('001015', '22023', `argument 2 to function SEARCH needs to be constant`);
  const mode = option(call, 'SEARCH_MODE', 'OR');
  const analyzer = option(call, 'ANALYZER', 'DEFAULT_ANALYZER');
  const found = searched(call).map((text) => test(text));
  return { sql: found.length === 1 ? found[0]! : `list_bool_or([${found.join(', ')}])`, type: BOOLEAN };

  function test(text: string): string {
    if (analyzer === 'NO_OP_ANALYZER') return `(${text} = ${quoteString(needle!)})`;
    if (mode === 'EXACT' && analyzer === 'DEFAULT_ANALYZER') return exact(text, needle!);
    const by = tests[mode];
    if (!by) throw unsupported(`SEARCH with SEARCH_MODE ${mode}`);
    if (analyzer === 'DEFAULT_ANALYZER')
      return by(`_sf.search_words(${text}, ${quoteString(`[${DELIMITERS}]+`)})`, list(words(needle!)));
    if (analyzer !== 'UNICODE_ANALYZER') throw unsupported(`SEARCH with ANALYZER ${analyzer}`);
    return by(`_sf.unicode_words(${text})`, `_sf.unicode_words(${quoteString(needle!)})`);
  }
};

/** Full-text search. */
export const SEARCHES: FunctionRules = { SEARCH: search };
