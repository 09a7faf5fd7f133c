/** A clustering key as SHOW and TABLES spell it: `(a, to_date(b))` is `LINEAR(A, CAST(B AS DATE))`. */
export const clusterText = (key: string | undefined): string => {
  if (key === undefined || key === '') return '';
  const capitals = key.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"]+/g, (part) =>
    /^['"]/.test(part) ? part : part.toUpperCase().replace(/\s*,\s*/g, ', '),
  );
  const casts = capitals.replace(
    /\bTO_DATE\(\s*(\w+)\s*\)|\b(\w+)::DATE\b/g,
    (_, a?: string, b?: string) => `CAST(${a ?? b} AS DATE)`,
  );
  return casts.startsWith('(LINEAR(') ? casts.slice(1, -1) : `LINEAR${casts}`;
};
