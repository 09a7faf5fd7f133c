const TOKENS = /"(?:[^"\\]|\\[\s\S])*"|[[\],]|[^"[\],]+/g;

/** JSON whose arrays have places without a value, `[1, , 2,]`, with null in them; any other text stays as it is. */
export const filledJson = (text: string): string => {
  let last = '';
  return text.replace(TOKENS, (token) => {
    if (token.trim() === '') return token;
    const missing = (token === ',' && (last === '[' || last === ',')) || (token === ']' && last === ',');
    last = token;
    return missing ? `null${token}` : token;
  });
};
