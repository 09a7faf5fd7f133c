import type { SnowflakeError } from '../contract.ts';

/** One attempt to log in. */
export interface Login {
  /** The session's id, where it succeeded. */
  readonly id: number;
  readonly at: Date;
  readonly user: string | undefined;
  readonly factor: string;
  readonly client: string | undefined;
  readonly version: string | undefined;
  readonly environment: string | undefined;
  readonly error?: SnowflakeError;
  /** When the session ended. */
  closedAt?: Date;
}

const MOST = 10_000;

/** The latest attempts to log in, oldest first. */
export class Logins {
  readonly #all: Login[] = [];

  add(login: Login): void {
    this.#all.push(login);
    if (this.#all.length > MOST) this.#all.shift();
  }

  all(): readonly Login[] {
    return this.#all;
  }
}
