/** Something the user can put right: what is wrong and where, and the command to type next. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly exitCode: 1 | 2;
  readonly next: string | undefined;

  constructor(
    message: string,
    how: { readonly next?: string; readonly exitCode?: 1 | 2; readonly cause?: unknown } = {},
  ) {
    super(message, how.cause === undefined ? undefined : { cause: how.cause });
    this.exitCode = how.exitCode ?? 2;
    this.next = how.next;
  }
}
