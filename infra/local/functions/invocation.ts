/** What the stack asks a function's process to do. */
export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  /** When time is up, in milliseconds since 1970. */
  readonly deadline: number;
}

/** What a function's process says: once that it is ready, then one answer an invocation; `payload` is JSON. */
export type Saying =
  | { readonly kind: 'ready' }
  | { readonly kind: 'returned'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'threw'; readonly requestId: string; readonly message: string };

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw' | 'timed out' | 'crashed'; readonly message: string };
