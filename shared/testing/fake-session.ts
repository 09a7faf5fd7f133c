import type { Session } from '../snowflake/session.ts';

/** What a session does about the n-th statement it is sent: an error, or nothing of note. */
export type Script = (text: string, call: number) => Error | undefined;

/** Sessions as the driver would open them, one script each; `sent` shows what went where. */
export const fakeSessions = (...scripts: readonly (Script | Error)[]) => {
  const sent: string[] = [];
  let opened = 0;
  const open = async (): Promise<Session> => {
    const script = scripts[Math.min(opened, scripts.length - 1)] ?? (() => undefined);
    opened += 1;
    if (script instanceof Error) throw script;
    const session = opened;
    let call = 0;
    const answer = (text: string) => {
      call += 1;
      sent.push(`${session}: ${text}`);
      const error = script(text, call);
      if (error) throw error;
      return { rows: [], rowsChanged: call, queryId: `query-${session}-${call}` };
    };
    return {
      execute: async (text) => answer(text),
      submit: async (text) => answer(`submit ${text}`).queryId,
      fetch: async (queryId) => ({ ...answer(`fetch ${queryId}`), queryId }),
    };
  };
  return { sent, open };
};
