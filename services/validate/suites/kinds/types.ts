import * as z from 'zod';
import { kind, type Compiled, type ExpectationKind, type JudgedColumn } from '../expectation.ts';
import { Column, columnName } from './arguments.ts';

/** Families of types, by what they are called in Snowflake, SQLAlchemy, pandas, Spark and Python; the first that fits decides. */
const FAMILIES: readonly { readonly called: RegExp; fits(column: JudgedColumn): boolean }[] = [
  {
    called: /^timestamp_?(ntz|ltz|tz)$/i,
    fits: (it) => it.type === 'TIMESTAMP_NTZ' || it.type.startsWith('TIMESTAMP'),
  },
  { called: /timestamp|date_?time/i, fits: (it) => it.type.startsWith('TIMESTAMP') },
  { called: /^date(type)?$/i, fits: (it) => it.type === 'DATE' },
  { called: /^time(type)?$/i, fits: (it) => it.type === 'TIME' },
  {
    called:
      /^(u?int|(small|big|tiny|byte)?int|integer|long|short|byte)(\d+)?(dtype|type)?_?$|^(big|small|tiny)integer$/i,
    fits: (it) => it.type === 'NUMBER' && it.scale === 0,
  },
  { called: /^(float|double|real|half)(\d+)?(dtype|type|[ _]precision)?_?$/i, fits: (it) => it.type === 'FLOAT' },
  { called: /^(number|numeric|decimal)(\(.*\))?(type)?$/i, fits: (it) => it.type === 'NUMBER' },
  { called: /^bool(ean)?(dtype|type)?_?$/i, fits: (it) => it.type === 'BOOLEAN' },
  {
    called: /^(str|string|text|(n?var)?char|nchar|unicode|object)(\(\d+\))?(dtype|type)?_?$/i,
    fits: (it) => it.type === 'TEXT',
  },
  { called: /^(variant|json|jsonb)(type)?$/i, fits: (it) => it.type === 'VARIANT' },
  { called: /^(struct|map|dict)(type)?$/i, fits: (it) => it.type === 'OBJECT' || it.type === 'VARIANT' },
  { called: /^(array|list)(type)?$/i, fits: (it) => it.type === 'ARRAY' || it.type === 'VARIANT' },
  { called: /^(binary|varbinary|bytes|blob)(type)?$/i, fits: (it) => it.type === 'BINARY' },
];

const familyOf = (type: string) => FAMILIES.find((it) => it.called.test(type.replace(/\[.*\]$/, '')));
const TypeName = z
  .string()
  .min(1)
  .max(100)
  .refine(familyOf, { error: (it) => `no type is called ${String(it.input)}` });

const ofTypes = (column: string, types: readonly string[] | null | undefined): Compiled => ({
  column,
  reason: types?.length === 1 ? `is not of type ${types[0]!}` : 'is of none of the types listed',
  rule: {
    judges: 'columns',
    judge: (columns) => {
      const found = columns.find((it) => it.name === columnName(column));
      const fits = !types || types.some((it) => found !== undefined && familyOf(it)!.fits(found));
      return { success: found !== undefined && fits, observed: found?.type ?? null };
    },
  },
});

/** The column's declared type; names of Snowflake, SQLAlchemy, pandas, Spark and Python are understood by family. */
export const TYPES: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_be_of_type',
    family: 'table',
    says: 'The column is declared with this type, or one of its family: any of `int64`, `INTEGER`, `LongType` is a number without decimals.',
    kwargs: z.strictObject({ column: Column, type_: TypeName, mostly: z.number().nullish() }),
    example: { column: 'QUANTITY', type_: 'INTEGER' },
    compile: ({ column, type_ }) => ofTypes(column, [type_]),
  }),
  kind({
    type: 'expect_column_values_to_be_in_type_list',
    family: 'table',
    says: 'The column is declared with one of these types, by their families.',
    kwargs: z.strictObject({
      column: Column,
      type_list: z.array(TypeName).min(1).max(100).nullish(),
      mostly: z.number().nullish(),
    }),
    example: { column: 'UNIT_PRICE', type_list: ['DECIMAL', 'FLOAT'] },
    compile: ({ column, type_list }) => ofTypes(column, type_list),
  }),
];
