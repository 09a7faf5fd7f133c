import { SnowflakeError } from '../contract.ts';
import { displayIdentifier, displayName } from '../sql/identifier.ts';

/** A place in the statement's text, as Snowflake's messages give it. */
export interface Place {
  readonly line: number;
  readonly position: number;
}

const compilation = (code: string, sqlState: string, message: string, at?: Place): SnowflakeError =>
  new SnowflakeError(
    code,
    sqlState,
    `SQL compilation error:${at ? ` error line ${at.line} at position ${at.position}` : ''}\n${message}`,
    at,
  );

export const invalidIdentifier = (parts: readonly string[], at?: Place): SnowflakeError =>
  compilation('000904', '42000', `invalid identifier '${displayName(parts)}'`, at);

export const ambiguousColumn = (name: string, at?: Place): SnowflakeError =>
  compilation('002028', '42601', `ambiguous column name '${displayIdentifier(name)}'`, at);

export const noSuchObject = (parts: readonly string[]): SnowflakeError =>
  compilation('002003', '42S02', `Object '${displayName(parts)}' does not exist or not authorized.`);

export const unknownFunction = (name: string): SnowflakeError =>
  compilation('002140', '42601', `Unknown function ${name}`);

export const wrongArguments = (name: string, types: string): SnowflakeError =>
  compilation('001044', '42P13', `Invalid argument types for function '${name}': (${types})`);

export const notEnoughArguments = (name: string, expected: number, got: number): SnowflakeError =>
  compilation('000938', '22023', `not enough arguments for function [${name}], expected ${expected}, got ${got}`);

export const tooManyArguments = (name: string, expected: number, got: number): SnowflakeError =>
  compilation('000939', '22023', `too many arguments for function [${name}] expected ${expected}, got ${got}`);

/** The error for what is understood but can't be done exactly here. */
export const unsupported = (feature: string): SnowflakeError =>
  new SnowflakeError('000002', '0A000', `Unsupported feature '${feature}'.`);

export const compilationError = compilation;
