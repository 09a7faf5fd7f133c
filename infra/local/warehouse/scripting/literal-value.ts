import type { ColumnType } from '../catalog/column-types.ts';
import type { Fragment } from './ast.ts';
import { plainText, truth, wholeNumber, type TypedValue } from './value.ts';

const WIDEST = 38;
// Longer ones may not fit, which is for the database to say.
const SAFE_DIGITS = 15;

/** The value of an expression that is one literal, where it needs no bringing to the type; undefined otherwise. */
export const literalValue = ({ tokens }: Fragment, type?: ColumnType): TypedValue | undefined => {
  const [token, next] = tokens;
  if (token === undefined || (next !== undefined && next.kind !== 'end')) return undefined;
  if (token.kind === 'number' && /^\d+$/.test(token.text) && token.text.length <= SAFE_DIGITS)
    return isWhole(type) ? wholeNumber(BigInt(token.text)) : undefined;
  if (token.kind === 'string')
    return isTextOf(token.value.length, type) ? { ...type, ...plainText(token.value) } : undefined;
  if (token.kind === 'word' && (token.value === 'TRUE' || token.value === 'FALSE'))
    return type === undefined || type.type === 'boolean' ? truth(token.value === 'TRUE') : undefined;
  return undefined;
};

const isWhole = (type: ColumnType | undefined): boolean =>
  type === undefined || (type.type === 'fixed' && type.scale === 0 && type.precision === WIDEST);

const isTextOf = (length: number, type: ColumnType | undefined): boolean =>
  type === undefined || (type.type === 'text' && length <= (type.length ?? length));
