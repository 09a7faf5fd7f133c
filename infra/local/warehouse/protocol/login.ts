import { SnowflakeError } from '../contract.ts';
import type { ParameterValue } from '../session/parameters.ts';
import { PARAMETERS } from '../session/parameters.ts';
import type { Login } from '../session/logins.ts';
import type { Warehouse } from '../warehouse.ts';
import { authenticate } from '../roles/authenticate.ts';
import { failed, succeeded, type Answer } from './messages.ts';
import type { Connections } from './connections.ts';

interface LoginBody {
  readonly data?: {
    readonly LOGIN_NAME?: string;
    readonly PASSWORD?: string;
    readonly TOKEN?: string;
    readonly AUTHENTICATOR?: string;
    readonly ACCOUNT_NAME?: string;
    readonly CLIENT_APP_ID?: string;
    readonly CLIENT_APP_VERSION?: string;
    readonly CLIENT_ENVIRONMENT?: unknown;
    readonly SESSION_PARAMETERS?: Readonly<Record<string, unknown>>;
  };
}

/** Answers a login: checks the user where it is known, opens the session at the place that was asked for. */
export const login = async (
  warehouse: Warehouse,
  connections: Connections,
  query: URLSearchParams,
  body: unknown,
): Promise<Answer> => {
  const data = (body as LoginBody | undefined)?.data ?? {};
  const attempt = {
    at: warehouse.clock(),
    factor: data.AUTHENTICATOR?.toUpperCase() === 'SNOWFLAKE_JWT' ? 'RSA_KEYPAIR' : 'PASSWORD',
    client: data.CLIENT_APP_ID,
    version: data.CLIENT_APP_VERSION,
    environment: data.CLIENT_ENVIRONMENT === undefined ? undefined : JSON.stringify(data.CLIENT_ENVIRONMENT),
  } as const;
  try {
    const { user, role, defaults } = authenticate(warehouse, data, named(query, 'roleName'));
    const [database, schema] = place(
      warehouse,
      named(query, 'databaseName') ?? defaults.database,
      named(query, 'schemaName') ?? defaults.schema,
    );
    const currentWarehouse = named(query, 'warehouse') ?? defaults.warehouse;
    const session = await warehouse.openSession({
      user,
      role,
      parameters: known(data.SESSION_PARAMETERS ?? {}),
      ...(data.CLIENT_APP_ID !== undefined && {
        client: `${data.CLIENT_APP_ID} ${data.CLIENT_APP_VERSION ?? ''}`.trim(),
      }),
      ...(database !== undefined && { database }),
      ...(schema !== undefined && { schema }),
      ...(currentWarehouse !== undefined && { warehouse: currentWarehouse }),
    });
    const entry: Login = { ...attempt, id: session.id, user };
    warehouse.logins.add(entry);
    session.onClose(() => (entry.closedAt = warehouse.clock()));
    const connection = connections.open(session);
    return succeeded({
      token: connection.token,
      masterToken: connection.masterToken,
      validityInSeconds: 3600,
      masterValidityInSeconds: 14_400,
      displayUserName: user,
      serverVersion: '9.0.0',
      firstLogin: false,
      sessionId: session.id,
      parameters: session.parameters.wire(),
      sessionInfo: {
        databaseName: database ?? null,
        schemaName: schema ?? null,
        warehouseName: currentWarehouse ?? null,
        roleName: role,
      },
    });
  } catch (error) {
    if (!(error instanceof SnowflakeError)) throw error;
    const id = await warehouse.space.numbers.take();
    warehouse.logins.add({ ...attempt, id, user: data.LOGIN_NAME?.toUpperCase(), error });
    return failed(error.code, error.message, { sqlState: error.sqlState });
  }
};

const named = (query: URLSearchParams, key: string): string | undefined => {
  const value = query.get(key);
  if (value === null || value === '') return undefined;
  return value.startsWith('"') && value.endsWith('"') && value.length > 1
    ? value.slice(1, -1).replaceAll('""', '"')
    : value.toUpperCase();
};

const place = (
  { catalog }: Warehouse,
  database: string | undefined,
  schema: string | undefined,
): [string | undefined, string | undefined] => {
  if (database === undefined || catalog.find('DATABASE', [database]) === undefined) return [undefined, undefined];
  const wanted = schema ?? 'PUBLIC';
  return [database, catalog.find('SCHEMA', [database, wanted]) === undefined ? undefined : wanted];
};

const known = (parameters: Readonly<Record<string, unknown>>): Record<string, ParameterValue> =>
  Object.fromEntries(
    Object.entries(parameters).filter(
      (entry): entry is [string, ParameterValue] =>
        entry[0] in PARAMETERS && typeof entry[1] === typeof PARAMETERS[entry[0]]!.initial,
    ),
  );
