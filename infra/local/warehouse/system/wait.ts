import { setTimeout as sleep } from 'node:timers/promises';
import type { Value } from '../contract.ts';
import { SnowflakeError } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import { STATEMENT_TYPE, table, text, type Outcome } from '../session/outcome.ts';

const MILLISECONDS: Readonly<Record<string, number>> = {
  DAYS: 86_400_000,
  HOURS: 3_600_000,
  MILLISECONDS: 1,
  MINUTES: 60_000,
  SECONDS: 1000,
};

/** SYSTEM$WAIT(amount [, unit]): answers when that time has passed, or when the statement is cancelled. */
export const wait = async (args: readonly Value[], { session }: StatementContext): Promise<Outcome> => {
  const amount = Number(args[0]?.text);
  const unit = (args[1]?.text ?? 'SECONDS').toUpperCase();
  const one = MILLISECONDS[unit];
  if (!(amount >= 0) || one === undefined)
    throw new SnowflakeError('001015', '22023', `SQL compilation error:\ninvalid argument for SYSTEM$WAIT: ${unit}`);
  try {
    await sleep(amount * one, undefined, session.signal && { signal: session.signal });
  } catch {
    throw new SnowflakeError('000604', '57014', 'SQL execution canceled');
  }
  return table([text('SYSTEM$WAIT')], [[`waited ${amount} ${unit.toLowerCase()}`]], STATEMENT_TYPE.select);
};
