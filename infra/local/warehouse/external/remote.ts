/** Where an external function is answered, and what goes along with each request. */
export interface Remote {
  readonly url: string;
  /** The API integration that allows the address. */
  readonly integration: string;
  /** Sent as `sf-custom-<name>`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Context functions, in capitals, whose values are sent as `sf-context-<name>`. */
  readonly contextHeaders: readonly string[];
  readonly maxBatchRows?: number;
  readonly compression: Compression;
}

export const COMPRESSIONS = ['AUTO', 'NONE', 'GZIP', 'DEFLATE'] as const;
export type Compression = (typeof COMPRESSIONS)[number];
