import { text } from '../session/outcome.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { valuesText } from './values-text.ts';

const COLUMNS = [
  text('POLICY_DB'),
  text('POLICY_SCHEMA'),
  text('POLICY_NAME'),
  text('POLICY_KIND'),
  text('REF_DATABASE_NAME'),
  text('REF_SCHEMA_NAME'),
  text('REF_ENTITY_NAME'),
  text('REF_ENTITY_DOMAIN'),
  text('REF_COLUMN_NAME'),
  text('REF_ARG_COLUMN_NAMES'),
  text('TAG_DATABASE'),
  text('TAG_SCHEMA'),
  text('TAG_NAME'),
  text('POLICY_STATUS'),
];

/** INFORMATION_SCHEMA.POLICY_REFERENCES: none, of whatever is asked, since no policy can be created here. */
export const policyReferences: TableFunctionProvider = (_, scope) => ({
  database: scope.database ?? '',
  schema: 'INFORMATION_SCHEMA',
  name: 'POLICY_REFERENCES',
  kind: 'view',
  columns: COLUMNS,
  read: valuesText(COLUMNS, []),
});
