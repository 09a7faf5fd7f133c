import { policyReferences } from './policies/policy-references.ts';
import { LOGIN_HISTORIES } from './session/login-history-function.ts';
import { tagReferences } from './tags/tag-references.ts';
import { meteringFunction } from './session/metering-function.ts';
import { QUERY_HISTORIES, queryHistoryFunction } from './session/query-history-function.ts';
import { directoryTable } from './stages/directory.ts';
import { resultScan } from './session/result-scan.ts';
import type { TableFunctionProvider } from './warehouse.ts';

/** The table functions that no service brings along, by name without database. */
export const TABLE_FUNCTIONS: readonly (readonly [string, TableFunctionProvider])[] = [
  ['RESULT_SCAN', resultScan],
  ['DIRECTORY', directoryTable],
  ['INFORMATION_SCHEMA.WAREHOUSE_METERING_HISTORY', meteringFunction],
  ['INFORMATION_SCHEMA.POLICY_REFERENCES', policyReferences],
  ['INFORMATION_SCHEMA.TAG_REFERENCES', tagReferences],
  ...QUERY_HISTORIES.map((name) => [`INFORMATION_SCHEMA.${name}`, queryHistoryFunction(name)] as const),
  ...LOGIN_HISTORIES,
];
