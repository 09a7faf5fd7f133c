import type { Login } from '../session/logins.ts';
import { flag, number, time, viewOf, words, yes, type Fields } from './virtual-view.ts';

const CLIENT_TYPES: Readonly<Record<string, string>> = {
  JavaScript: 'JAVASCRIPT_DRIVER',
  PythonConnector: 'PYTHON_DRIVER',
};

const LOGIN: Fields<Login> = {
  EVENT_ID: number(({ id }) => id),
  EVENT_TIMESTAMP: time(({ at }) => at),
  EVENT_TYPE: words(() => 'LOGIN'),
  USER_NAME: words(({ user }) => user),
  CLIENT_IP: words(() => '127.0.0.1'),
  REPORTED_CLIENT_TYPE: words(({ client }) => CLIENT_TYPES[client ?? ''] ?? client?.toUpperCase() ?? 'OTHER'),
  REPORTED_CLIENT_VERSION: words(({ version }) => version),
  FIRST_AUTHENTICATION_FACTOR: words(({ factor }) => factor),
  IS_SUCCESS: words(({ error }) => yes(error === undefined)),
  ERROR_CODE: number(({ error }) => error && Number(error.code)),
  ERROR_MESSAGE: words(({ error }) => error?.message),
  RELATED_EVENT_ID: number(() => 0),
  SESSION_ID: number(({ id }) => id),
  CREATED_ON: time(({ at }) => at),
  AUTHENTICATION_METHOD: words(({ factor }) => factor),
  LOGIN_EVENT_ID: number(({ id }) => id),
  CLIENT_APPLICATION_VERSION: words(({ version }) => version),
  CLIENT_APPLICATION_ID: words(({ client, version }) => client && `${client} ${version ?? ''}`.trim()),
  CLIENT_ENVIRONMENT: words(({ environment }) => environment),
  ACCESS_TIME: time(({ id, at, closedAt }, { history }) => {
    const last = history.all().findLast(({ sessionId }) => sessionId === id);
    return last?.startedAt ?? closedAt ?? at;
  }),
  IS_OPEN: flag(({ closedAt }) => closedAt === undefined),
  CLOSED_REASON: words(({ closedAt }) => (closedAt === undefined ? null : 'LOGOUT')),
};

const HISTORY = `EVENT_TYPE USER_NAME CLIENT_IP REPORTED_CLIENT_TYPE REPORTED_CLIENT_VERSION FIRST_AUTHENTICATION_FACTOR
  SECOND_AUTHENTICATION_FACTOR IS_SUCCESS ERROR_CODE ERROR_MESSAGE RELATED_EVENT_ID CONNECTION CLIENT_PRIVATE_LINK_ID
  FIRST_AUTHENTICATION_FACTOR_ID SECOND_AUTHENTICATION_FACTOR_ID LOGIN_DETAILS AUTHORIZING_INTEGRATION_NAME`;

/** LOGIN_HISTORY and SESSIONS of ACCOUNT_USAGE: since the warehouse started. */
export const LOGINS_OF_ACCOUNT = {
  LOGIN_HISTORY: viewOf(`EVENT_ID EVENT_TIMESTAMP ${HISTORY}`, LOGIN, ({ logins }) => logins.all()),
  SESSIONS: viewOf(
    `SESSION_ID CREATED_ON USER_NAME AUTHENTICATION_METHOD LOGIN_EVENT_ID CLIENT_APPLICATION_VERSION CLIENT_APPLICATION_ID
     CLIENT_ENVIRONMENT CLIENT_BUILD_ID CLIENT_VERSION ACCESS_TIME IS_OPEN CLOSED_REASON`,
    LOGIN,
    ({ logins }) => logins.all().filter(({ error }) => error === undefined),
  ),
};

/** What the functions LOGIN_HISTORY and LOGIN_HISTORY_BY_USER list. */
export const LOGINS = viewOf(
  `EVENT_TIMESTAMP EVENT_ID ${HISTORY} AUTHENTICATING_INTEGRATION_NAME`,
  LOGIN,
  ({ logins }) => logins.all().toReversed(),
);
