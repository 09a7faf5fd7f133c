import type { ExpectationKind } from './expectation.ts';
import { COLUMNS } from './kinds/columns.ts';
import { DISTINCT } from './kinds/distinct.ts';
import { FIGURES } from './kinds/figures.ts';
import { NULLS } from './kinds/nulls.ts';
import { OWN_QUERY } from './kinds/own-query.ts';
import { PAIRS } from './kinds/pairs.ts';
import { PARSING } from './kinds/parsing.ts';
import { PATTERNS } from './kinds/patterns.ts';
import { QUANTILES } from './kinds/quantiles.ts';
import { SERIES } from './kinds/series.ts';
import { TABLE } from './kinds/table.ts';
import { TYPES } from './kinds/types.ts';
import { UNIQUENESS } from './kinds/uniqueness.ts';
import { VALUES } from './kinds/values.ts';

/** The kinds of expectation that suites may use. NULL breaks none of them but not-null, as Great Expectations has it. */
export const KINDS: readonly ExpectationKind[] = [
  ...NULLS,
  ...VALUES,
  ...PATTERNS,
  ...PARSING,
  ...UNIQUENESS,
  ...SERIES,
  ...PAIRS,
  ...FIGURES,
  ...QUANTILES,
  ...DISTINCT,
  ...TABLE,
  ...COLUMNS,
  ...TYPES,
  ...OWN_QUERY,
];

/** Kinds of Great Expectations' core that are refused, and why. */
export const REFUSED: Readonly<Record<string, string>> = {
  expect_column_values_to_match_json_schema:
    'SQL can not judge by a JSON schema; name the fields it is about in unexpected_rows_expectation',
  expect_column_kl_divergence_to_be_less_than: 'it compares distributions, which is no single figure in SQL',
  expect_column_chisquare_test_p_value_to_be_greater_than: 'it is a statistical test, which SQL has not',
  expect_column_bootstrapped_ks_test_p_value_to_be_greater_than:
    'it draws samples at random: the same batch would be judged differently',
  expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than:
    'it is a statistical test, which SQL has not',
  expect_column_pair_cramers_phi_value_to_be_less_than: 'it is a statistical test, which SQL has not',
};
