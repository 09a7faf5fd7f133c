import type { Call, FunctionRule } from '../call.ts';
import type { Type } from '../types.ts';

type Kind = 'text' | 'integer' | 'real' | 'boolean' | 'variant';

/**
 * A function that DuckDB has too: `$1`, `$2` in the template stand for the arguments, brought to the kinds; a kind that ends in `?` may be
 * left out, and then `template` is chosen by the number of arguments.
 */
export const define =
  (type: Type, kinds: string, ...templates: readonly string[]): FunctionRule =>
  (call) => {
    const list = kinds === '' ? [] : kinds.split(' ');
    const least = list.filter((kind) => !kind.endsWith('?')).length;
    call.expect(least, list.length);
    const template = templates[Math.min(call.count - least, templates.length - 1)]!;
    const values = list.slice(0, call.count).map((kind, i) => argument(call, i, kind.replace('?', '') as Kind));
    return { sql: template.replaceAll(/\$(\d)/g, (_, index: string) => values[Number(index) - 1] ?? 'NULL'), type };
  };

const argument = (call: Call, index: number, kind: Kind): string => call[kind](index);
