/** The session's WEEK_START: 0 and 1 are Monday, 7 is Sunday. */
export const WEEK_START = `coalesce(getvariable('sf_week_start'), 0)`;

/** The session's WEEK_OF_YEAR_POLICY: 0 is ISO's rule of four days, 1 counts from the week of 1 January. */
export const WEEK_POLICY = `coalesce(getvariable('sf_week_policy'), 0)`;

/** The first moment of the session's week in which a wall clock lies. */
export const weekStart = (wall: string): string => `_sf.week_start(${wall}, ${WEEK_START})`;
