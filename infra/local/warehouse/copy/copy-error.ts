/** One record that was refused: where it is, and why. */
export interface CopyError {
  readonly message: string;
  readonly line: number;
  readonly character: number;
  readonly column: string | null;
  readonly code: string;
  readonly sqlState: string;
}
