import { TEXT_LENGTH } from '../engine/wire-columns.ts';
import type { ColumnType } from './column-types.ts';

const BYTES_A_CHARACTER = 4;

/** How many bytes a text or binary column may take. */
export const octets = ({ type, length = TEXT_LENGTH }: ColumnType): number =>
  type === 'binary' ? length : Math.max(length, Math.min(length * BYTES_A_CHARACTER, TEXT_LENGTH));
