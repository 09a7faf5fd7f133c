import type { StartService } from '../services.ts';

/** Lets translated statements call external functions: what DuckDB calls, its session's statement answers. */
export const startExternal: StartService = async ({ database, sessions }) => {
  database.own.define('sf_external', 4, (rows) =>
    rows.map(([session, site, routine, row]) => {
      for (const each of sessions)
        if (String(each.id) === session) return each.calls?.take(Number(site), Number(routine), row!) ?? null;
      return null;
    }),
  );
  return { close: async () => undefined };
};
