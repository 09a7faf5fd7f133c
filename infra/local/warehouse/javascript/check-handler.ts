import { Script } from 'node:vm';
import { displayType, type ColumnType } from '../catalog/column-types.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { SnowflakeError } from '../contract.ts';
import type { Parameter } from '../scripting/procedure-object.ts';

/** Stops what JavaScript cannot declare or hold: names that are none of its own, whole numbers, times. */
export const checkHandler = (
  name: string,
  parameters: readonly Parameter[],
  ...returns: readonly (ColumnType | undefined)[]
): void => {
  for (const type of [...parameters.map((parameter) => parameter.type), ...returns]) {
    if (type === undefined) throw unsupported('tables returned by JavaScript procedures');
    if (type.type === 'fixed' || type.type === 'time')
      throw new SnowflakeError(
        '002040',
        '42601',
        `SQL compilation error:\nLanguage JAVASCRIPT does not support type '${displayType(type)}' for argument or return type.`,
      );
  }
  if (parameters.some(({ out }) => out)) throw unsupported('OUT arguments of JavaScript');
  if (!isDeclarable(name)) throw invalid(`Invalid UDF function name: '${name}'`);
  const wrong = parameters.filter((parameter) => !isDeclarable(parameter.name));
  if (wrong.length > 0) throw invalid(`Invalid argument name(s): '${wrong.map((each) => each.name).join(', ')}'`);
};

/** Whether JavaScript takes it as the name of a variable. */
const isDeclarable = (name: string): boolean => {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || name === 'await') return false;
  try {
    return new Script(`'use strict'; { let ${name}; }`) instanceof Script;
  } catch {
    return ['arguments', 'eval'].includes(name);
  }
};
