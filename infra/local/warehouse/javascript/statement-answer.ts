/** A statement that a procedure runs, or rows of one that it has run. */
export type StatementRequest =
  | { readonly kind: 'run'; readonly sql: string; readonly binds: readonly GuestBind[] }
  | { readonly kind: 'rows'; readonly of: string }
  | { readonly kind: 'text'; readonly value: { readonly type: string; readonly text: string | null } };

export interface GuestBind {
  readonly type: string;
  readonly text: string | null;
}

/** What the session answers. */
export type StatementAnswer =
  | { readonly error: { readonly code: number; readonly state: string; readonly message: string } }
  | { readonly result: GuestResult }
  | { readonly rows: readonly (readonly (string | null)[])[] }
  | { readonly text: string | null };

export interface GuestResult {
  readonly queryId: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly scale?: number | undefined;
    readonly nullable?: boolean | undefined;
  }[];
  readonly rowCount: number;
  readonly changed: number;
  readonly counts: Readonly<Record<'inserted' | 'updated' | 'deleted' | 'multiJoined', number>>;
}
