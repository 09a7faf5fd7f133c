import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { QueryRecord } from '../session/query-history.ts';
import type { Session } from '../session/session.ts';

const SESSION_SECONDS = 3600;
const MASTER_SECONDS = 14_400;
/** A client whose last connection closed has this long to come back before its transaction is rolled back. */
const VANISHED_MILLISECONDS = 3000;

/** A session as a client holds it: by tokens that expire, over sockets that come and go. */
export interface Connection {
  readonly session: Session;
  token: string;
  masterToken: string;
  tokenExpires: number;
  masterExpires: number;
  /** What each request started, so that a request sent again starts nothing. */
  readonly requests: Map<string, QueryRecord>;
  readonly sockets: Set<Socket>;
  /** How many of its requests are being answered. */
  busy: number;
}

/** The state of a token that a client presents. */
export type Found = { readonly connection: Connection } | { readonly problem: 'expired' | 'unknown' };

/** All connections, by token. */
export class Connections {
  readonly #byToken = new Map<string, Connection>();
  readonly #byMaster = new Map<string, Connection>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  open(session: Session): Connection {
    const connection: Connection = {
      session,
      token: '',
      masterToken: '',
      tokenExpires: 0,
      masterExpires: 0,
      requests: new Map(),
      sockets: new Set(),
      busy: 0,
    };
    this.renew(connection);
    return connection;
  }

  /** Gives new tokens; the old session token goes on for requests under way, the old master token does not. */
  renew(connection: Connection): { sessionSeconds: number; masterSeconds: number } {
    this.#byMaster.delete(connection.masterToken);
    this.#byToken.delete(connection.token);
    connection.token = randomBytes(32).toString('base64url');
    connection.masterToken = randomBytes(32).toString('base64url');
    connection.tokenExpires = this.#now() + SESSION_SECONDS * 1000;
    connection.masterExpires = this.#now() + MASTER_SECONDS * 1000;
    this.#byToken.set(connection.token, connection);
    this.#byMaster.set(connection.masterToken, connection);
    return { sessionSeconds: SESSION_SECONDS, masterSeconds: MASTER_SECONDS };
  }

  find(token: string): Found {
    const connection = this.#byToken.get(token);
    if (connection === undefined || connection.session.closed) return { problem: 'unknown' };
    return connection.tokenExpires < this.#now() ? { problem: 'expired' } : { connection };
  }

  findByMaster(token: string): Found {
    const connection = this.#byMaster.get(token);
    if (connection === undefined || connection.session.closed) return { problem: 'unknown' };
    return connection.masterExpires < this.#now() ? { problem: 'expired' } : { connection };
  }

  forget(connection: Connection): void {
    this.#byToken.delete(connection.token);
    this.#byMaster.delete(connection.masterToken);
  }

  /** Notes that a request came over this socket: when the last socket is gone for good, so is the client and its open transaction. */
  watch(connection: Connection, socket: Socket): void {
    if (connection.sockets.has(socket)) return;
    connection.sockets.add(socket);
    socket.once('close', () => {
      connection.sockets.delete(socket);
      if (connection.sockets.size === 0) setTimeout(() => rollBackVanished(connection), VANISHED_MILLISECONDS).unref();
    });
  }
}

const rollBackVanished = ({ session, sockets, busy }: Connection): void => {
  if (sockets.size > 0 || busy > 0 || session.closed || session.transactions.current === undefined) return;
  session.queue.run(() => session.transactions.rollback()).catch(() => undefined);
};
