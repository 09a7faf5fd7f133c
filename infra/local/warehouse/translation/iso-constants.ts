const ISO =
  /^'(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?'$/;

/** A date or time that an ISO literal spells: what DuckDB knows before it reads a table, so that row groups can be left out. */
export interface IsoConstant {
  readonly date: string;
  readonly wall: string;
  /** Its offset from UTC, as written. */
  readonly zone: string | undefined;
}

/** What a string literal of DuckDB says in ISO form; undefined for any other text, and for days that no calendar has. */
export const isoConstant = (sql: string): IsoConstant | undefined => {
  const [, date, minutes = '00:00', seconds = '00', fraction = '0', zone] = ISO.exec(sql) ?? [];
  if (date === undefined) return undefined;
  const wall = `${date} ${minutes}:${seconds}.${fraction}`;
  const instant = new Date(`${date}T${minutes}:${seconds}Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(`${date}T${minutes}:${seconds}`))
    return undefined;
  return { date, wall, zone };
};
