/** How a text is to be run. */
export interface RunOptions {
  readonly describeOnly?: boolean;
  readonly tag?: string;
  /** Statements that the text must hold; 0 is any number. */
  readonly count?: number;
}
