const URL = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;

/** What PARSE_URL makes of a text, as JSON; a text without scheme gives the error in its place. */
export const parsedUrl = (text: string): { parts?: string; error?: string } => {
  const [, scheme, authority, path = '', query, fragment] = URL.exec(text) ?? [];
  if (scheme === undefined) return { error: 'scheme not specified' };
  const [, host = null, port = null] = authority === undefined ? [] : (/^([\s\S]*?)(?::(\d+))?$/.exec(authority) ?? []);
  return {
    parts: JSON.stringify({
      fragment: fragment ?? null,
      host,
      parameters: query ? parametersOf(query) : null,
      path: authority === undefined ? path : path.replace(/^\//, ''),
      port: port ?? null,
      query: query ?? null,
      scheme,
    }),
  };
};

const parametersOf = (query: string): Record<string, string | null> => {
  const pairs = query.split('&').map((pair): [string, string | null] => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, null] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
