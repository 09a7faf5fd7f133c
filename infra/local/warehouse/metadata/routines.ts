import { dataType, displayType, type ColumnType } from '../catalog/column-types.ts';
import { octets } from '../catalog/text-bytes.ts';
import { returnsText } from '../functions/described-function.ts';
import type { FunctionDetails } from '../functions/function-object.ts';
import type { Parameter, ProcedureDetails } from '../scripting/procedure-object.ts';
import { objectsOf, placed, type Thing } from './things.ts';
import { number, viewOf, words, yes, type Fields } from './virtual-view.ts';

type Routine = FunctionDetails | ProcedureDetails;

const signature = (parameters: readonly Parameter[]): string =>
  `(${parameters.map(({ name, type }) => `${name} ${displayType(type).replace(/\(.*/, '')}`).join(', ')})`;

const scalar = ({ returns, table }: Routine): ColumnType | undefined => (table === undefined ? returns : undefined);
const text = (routine: Routine): ColumnType | undefined => {
  const type = scalar(routine);
  return type?.type === 'text' ? type : undefined;
};
const decimal = (routine: Routine): ColumnType | undefined => {
  const type = scalar(routine);
  return type?.type === 'fixed' ? type : undefined;
};

const shared = <R extends Routine>(prefix: string): Fields<Thing<R>> => ({
  ...placed(prefix),
  [`${prefix}_NAME`]: words(({ details }) => details.name),
  [`${prefix}_LANGUAGE`]: words(({ details }) => details.language ?? 'SQL'),
  ARGUMENT_SIGNATURE: words(({ details }) => signature(details.parameters)),
  CHARACTER_MAXIMUM_LENGTH: number(({ details }) => text(details)?.length),
  CHARACTER_OCTET_LENGTH: number(({ details }) => {
    const type = text(details);
    return type && octets(type);
  }),
  NUMERIC_PRECISION: number(({ details }) => decimal(details)?.precision),
  NUMERIC_PRECISION_RADIX: number(({ details }) => (decimal(details) === undefined ? null : 10)),
  NUMERIC_SCALE: number(({ details }) => decimal(details)?.scale),
});

const FUNCTION: Fields<Thing<FunctionDetails>> = {
  ...shared<FunctionDetails>('FUNCTION'),
  DATA_TYPE: words(({ details }) => returnsText(details)),
  FUNCTION_LANGUAGE: words(({ details }) => (details.remote ? 'EXTERNAL' : (details.language ?? 'SQL'))),
  FUNCTION_DEFINITION: words(({ details }) => (details.remote ? details.remote.url : details.text)),
  VOLATILITY: words(({ details }) => (details.immutable ? 'IMMUTABLE' : 'VOLATILE')),
  IS_NULL_CALL: words(({ details }) => yes(!details.strict)),
  IS_SECURE: words(({ details }) => yes(details.secure)),
  IS_EXTERNAL: words(({ details }) => yes(details.remote !== undefined)),
  API_INTEGRATION: words(({ details }) => details.remote?.integration),
  CONTEXT_HEADERS: words(({ details }) => details.remote && JSON.stringify(details.remote.contextHeaders)),
  MAX_BATCH_ROWS: number(({ details }) => details.remote?.maxBatchRows),
  COMPRESSION: words(({ details }) => details.remote?.compression),
  IS_MEMOIZABLE: words(() => 'NO'),
  IS_DATA_METRIC: words(() => 'NO'),
  IS_AGGREGATE: words(() => 'NO'),
};

const PROCEDURE: Fields<Thing<ProcedureDetails>> = {
  ...shared<ProcedureDetails>('PROCEDURE'),
  DATA_TYPE: words(({ details }) =>
    details.returns === undefined ? details.returnsText : dataType(details.returns).replace('TEXT', 'VARCHAR'),
  ),
  PROCEDURE_DEFINITION: words(({ details }) => details.body),
};

const RETURNED = `ARGUMENT_SIGNATURE DATA_TYPE CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_PRECISION_RADIX
  NUMERIC_SCALE`;

/** FUNCTIONS and PROCEDURES of INFORMATION_SCHEMA. */
export const ROUTINE_VIEWS = {
  FUNCTIONS: viewOf(
    `FUNCTION_CATALOG FUNCTION_SCHEMA FUNCTION_NAME FUNCTION_OWNER ${RETURNED} FUNCTION_LANGUAGE FUNCTION_DEFINITION VOLATILITY IS_NULL_CALL
     IS_SECURE CREATED LAST_ALTERED COMMENT IS_EXTERNAL API_INTEGRATION CONTEXT_HEADERS MAX_BATCH_ROWS REQUEST_TRANSLATOR RESPONSE_TRANSLATOR
     COMPRESSION IMPORTS HANDLER TARGET_PATH RUNTIME_VERSION PACKAGES INSTALLED_PACKAGES IS_MEMOIZABLE EXTERNAL_ACCESS_INTEGRATIONS SECRETS
     IS_DATA_METRIC IS_AGGREGATE ARTIFACT_REPOSITORY`,
    FUNCTION,
    objectsOf<FunctionDetails>('FUNCTION'),
  ),
  PROCEDURES: viewOf(
    `PROCEDURE_CATALOG PROCEDURE_SCHEMA PROCEDURE_NAME PROCEDURE_OWNER ${RETURNED} PROCEDURE_LANGUAGE PROCEDURE_DEFINITION CREATED
     LAST_ALTERED COMMENT EXTERNAL_ACCESS_INTEGRATIONS SECRETS RUNTIME_VERSION PACKAGES INSTALLED_PACKAGES ARTIFACT_REPOSITORY OWNER_ROLE_TYPE`,
    PROCEDURE,
    objectsOf<ProcedureDetails>('PROCEDURE'),
  ),
};
