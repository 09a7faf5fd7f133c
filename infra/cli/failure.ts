import { Refusal } from './refusal.ts';

/** How a command that threw ends: what to say, as text and as JSON, and with which exit code. */
export interface Failure {
  readonly text: string;
  readonly json: string;
  readonly exitCode: number;
}

const GONE = /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up/;

/** Puts any thrown thing into words; what is not the user's to put right keeps its own. */
export const failureOf = (error: unknown): Failure => {
  const { message, code, sqlState } = error as { message?: unknown; code?: unknown; sqlState?: unknown };
  const said = typeof message === 'string' && message !== '' ? message : String(error);
  if (error instanceof Refusal) {
    const next = error.next === undefined ? {} : { next: error.next };
    return {
      text: `firn: ${said}\n${error.next === undefined ? '' : `  try: ${error.next}\n`}`,
      json: JSON.stringify({ error: { message: said, ...next } }),
      exitCode: error.exitCode,
    };
  }
  if (GONE.test(said)) {
    const gone = `the stack went away meanwhile (${said}); what was in flight goes on at the next \`firn up\` or \`firn run\``;
    return { text: `firn: ${gone}\n`, json: JSON.stringify({ error: { message: gone } }), exitCode: 1 };
  }
  const isSql = typeof sqlState === 'string';
  const codes = isSql ? { code: String(code), sqlState } : {};
  return {
    text: `firn: ${isSql ? `${String(code)} (${sqlState}): ` : ''}${said}\n`,
    json: JSON.stringify({ error: { message: said, ...codes } }),
    exitCode: 1,
  };
};
