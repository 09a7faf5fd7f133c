/** First words of statements with what QUERY_HISTORY calls them; where no line begins a statement, its first word does. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^create\s.*?\b(?:dynamic|external|event|hybrid|iceberg)\s+table\b/i, 'CREATE'],
  [/^create\s+(?:or\s+\w+\s+)?(?:\w+\s+)*?table\b.*?\bas\s*\(?\s*(?:select|with)\b/is, 'CREATE_TABLE_AS_SELECT'],
  [/^create\s+(?:or\s+\w+\s+)?(?:(?:local|global|temp|temporary|volatile|transient)\s+)*table\b/i, 'CREATE_TABLE'],
  [/^create\s+(?:or\s+\w+\s+)?(?:(?:secure|recursive)\s+)*view\b/i, 'CREATE_VIEW'],
  [/^alter\s+session\b/i, 'ALTER_SESSION'],
  [/^(?:begin|start)\s*(?:transaction|work)?(?:\s+name\s+\w+)?\s*;?\s*$/i, 'BEGIN_TRANSACTION'],
  [/^truncate\b/i, 'TRUNCATE_TABLE'],
  [/^copy\s+into\s+['@]/i, 'UNLOAD'],
  [/^with\b/i, 'SELECT'],
  [/^put\b/i, 'PUT_FILES'],
  [/^get\b/i, 'GET_FILES'],
  [/^(?:list|ls)\b/i, 'LIST_FILES'],
  [/^(?:remove|rm)\b/i, 'REMOVE_FILES'],
  [/^desc\b/i, 'DESCRIBE'],
];

/** What QUERY_HISTORY calls a statement. */
export const queryType = (text: string): string => {
  const bare = text.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '');
  const known = TYPES.find(([pattern]) => pattern.test(bare));
  return known?.[1] ?? /^\(*\s*(\w+)/.exec(bare)?.[1]?.toUpperCase() ?? 'UNKNOWN';
};
