import { BusError } from '../errors.ts';
import { readPattern } from '../pattern/event-pattern.ts';
import type { EventPattern } from '../pattern/event-pattern.ts';
import { InvalidPattern } from '../pattern/invalid-pattern.ts';

/** How long a pattern may be. */
export const PATTERN = { max: 4096 };

/** Reads a pattern that a call brought; refused as EventBridge refuses it. */
export const checkedPattern = (text: string): EventPattern => {
  try {
    return readPattern(text);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new BusError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
};
