import { coerce } from '../coerce.ts';
import type { Rule } from '../context.ts';
import { SnowflakeError } from '../../contract.ts';
import { nodeAt } from '../tree.ts';
import type { Parts } from '../tree.ts';
import { displayType } from '../types.ts';

const targetOf = (parts: Parts): string => (parts['to'] as { name?: string }).name ?? '';

/** CAST and `::`. */
export const cast: Rule = (parts, context, scope) =>
  coerce(context.expression(nodeAt(parts, 'this')!, scope), context.type(targetOf(parts)));

/** TRY_CAST, which Snowflake allows on text alone. */
export const tryCast: Rule = (parts, context, scope) => {
  const value = context.expression(nodeAt(parts, 'this')!, scope);
  const target = context.type(targetOf(parts));
  if (!['text', 'null', 'any'].includes(value.type.name))
    throw new SnowflakeError(
      '001065',
      '22023',
      `SQL compilation error:\nFunction TRY_CAST cannot be used with arguments of types ${displayType(value.type)} and ${displayType(target)}`,
    );
  return coerce(value, target, 'try');
};
