import * as z from 'zod';
import { fragment, trusted } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import { readOwnQuery } from '../own-sql.ts';

const Query = z
  .string()
  .min(1)
  .max(20_000)
  .superRefine((query, context) => {
    try {
      readOwnQuery(query);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });

/** A question of the owner's own, in SQL. */
export const OWN_QUERY: readonly ExpectationKind[] = [
  kind({
    type: 'unexpected_rows_expectation',
    family: 'query',
    says: 'One SELECT finds nothing; `{batch}` stands for the table. Written SELECT * FROM {batch} WHERE <condition>, it judges row by row.',
    kwargs: z.strictObject({ description: z.string().min(1).max(500).nullish(), unexpected_rows_query: Query }),
    example: { unexpected_rows_query: 'SELECT * FROM {batch} WHERE GROSS_AMOUNT <> QUANTITY * UNIT_PRICE' },
    compile: ({ description, unexpected_rows_query: query }) => {
      const { text, predicate } = readOwnQuery(query);
      const reason = description ? `breaks: ${description}` : 'breaks a rule of its own';
      if (predicate !== undefined) {
        return {
          column: null,
          reason,
          rule: { judges: 'rows', broken: trusted(`(${predicate})`), missing: null, windowed: true },
        };
      }
      return {
        column: null,
        reason,
        rule: {
          judges: 'figure',
          isNumber: false,
          parts: [{ over: 'query', text: trusted(`select count(*) as N from (${text}) q`) }],
          observed: (n) => fragment`object_construct('unexpected_rows', ${n})`,
          met: (n) => fragment`${n} = 0`,
        },
      };
    },
  }),
];
