import { SnowflakeError } from '../contract.ts';

/** The error of a call that got no usable answer. */
export const failed = (name: string, message: string): SnowflakeError =>
  new SnowflakeError('100350', 'P0000', `Request failed for external function ${name}. Error: ${message}`);
