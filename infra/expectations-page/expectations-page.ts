import type { ExpectationKind, Family } from '../../services/validate/suites/expectation.ts';
import { KINDS, REFUSED } from '../../services/validate/suites/kinds.ts';

const FAMILIES: readonly { readonly families: readonly Family[]; readonly title: string; readonly says: string }[] = [
  {
    families: ['rows'],
    title: 'Values of a column',
    says: 'Row by row, with `mostly` and `row_condition`; rows without a value are passed over. Not met: quarantine.',
  },
  {
    families: ['pair', 'columns'],
    title: 'Several columns of a row',
    says: 'Row by row, with `mostly`, `row_condition` and `ignore_row_if`. Not met: quarantine.',
  },
  {
    families: ['figure'],
    title: 'Figures of the batch',
    says: 'On the whole of it, with `row_condition`. Not met: fail.',
  },
  {
    families: ['table'],
    title: 'Columns of the table',
    says: 'What Firn adds to every row is left out. Not met: fail.',
  },
  {
    families: ['query'],
    title: 'SQL of your own',
    says: 'A condition on rows quarantines; any other query fails the batch.',
  },
];

const HEAD = `# Expectations

Made from \`services/validate/suites/kinds.ts\` by \`npm run expectations-page\`. A suite is a file in Great Expectations' JSON format, old
(\`expectation_suite_name\`, \`expectation_type\`) or new (\`name\`, \`type\`); \`firn suite check FILE\` tells what is wrong with one.

- \`mostly\`: met where at least this share of the judged rows is good. A met expectation holds nothing back; one that is not holds every document with a bad row.
- \`row_condition\`: \`col("A") > 5\`, \`a == 'x' and b.notnull()\`, \`A is not null or B in (1, 2)\`, or the object form with \`type\`. Columns are compared with
  values, no more; anything else is refused with its place.
- \`meta.severity\`: \`quarantine\`, \`fail\` or \`warn\`; Great Expectations' \`severity\`: \`critical\` is the default of the kind, \`warning\` and \`info\` are \`warn\`.
- A suite's \`meta.key\` names the column of the order's key, \`meta.version\` its version, \`meta.order_by\` what orders the rows of a document.
- \`{"$PARAMETER": "least"}\` takes its value from the suite's \`suite_parameters\` (\`evaluation_parameters\`), or from \`"$PARAMETER.least"\` beside it; sums of
  parameters, and results of other validations, are refused.
- Where a row's comparison is unknown, because a value is missing, it breaks nothing: as Great Expectations' SQL engine has it.
- Regular expressions match anywhere in the text. What Snowflake can't match (look-around, back-references) is refused.
`;

const kindText = ({ type, says, example }: ExpectationKind): string =>
  `### ${type}\n\n${says}\n\n\`\`\`json\n${JSON.stringify({ type, kwargs: example }, null, 2)}\n\`\`\`\n`;

/** The page of all kinds of expectation. */
export const expectationsPage = (): string =>
  [
    HEAD,
    ...FAMILIES.flatMap(({ families, title, says }) => [
      `## ${title}\n\n${says}\n`,
      ...KINDS.filter((it) => families.includes(it.family)).map(kindText),
    ]),
    "## Refused\n\nKinds of Great Expectations' core that are refused by name.\n",
    Object.entries(REFUSED)
      .map(([type, why]) => `- \`${type}\`: ${why}`)
      .join('\n'),
    '',
  ].join('\n');
