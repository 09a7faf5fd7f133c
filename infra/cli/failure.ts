import { Refusal } from './refusal.ts';

/** How a command that threw ends: what to say, as text and as JSON, and with which exit code. */
export interface Failure {
  readonly text: string;
  readonly json: string;
  readonly exitCode: number;
}

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
  const isSql = typeof sqlState === 'string';
  const codes = isSql ? { code: String(code), sqlState } : {};
  return {
    text: `firn: ${isSql ? `${String(code)} (${sqlState}): ` : ''}${said}\n`,
    json: JSON.stringify({ error: { message: said, ...codes } }),
    exitCode: 1,
  };
};
