import * as z from 'zod';

/** The part of a service's environment that leads it to Snowflake. Without a private key, or a secret that holds it, it logs in by its AWS identity. */
export const SnowflakeConfig = z.object({
  SNOWFLAKE_ACCOUNT: z.string().min(1),
  SNOWFLAKE_USER: z.string().min(1),
  SNOWFLAKE_ROLE: z.string().min(1),
  SNOWFLAKE_WAREHOUSE: z.string().min(1),
  SNOWFLAKE_PRIVATE_KEY: z.string().exactOptional(),
  /** The secret of AWS Secrets Manager that holds the private key. */
  SNOWFLAKE_PRIVATE_KEY_SECRET: z.string().min(1).exactOptional(),
  /** Where AWS's extension for secrets answers inside of the function, and what it wants to see. */
  PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z.string().regex(/^\d+$/).exactOptional(),
  AWS_SESSION_TOKEN: z.string().exactOptional(),
  /** Set by Lambda: there the log-in begins while the function starts. */
  AWS_LAMBDA_FUNCTION_NAME: z.string().exactOptional(),
  /** Another address than the account's own, such as the local warehouse's. */
  SNOWFLAKE_URL: z.url().exactOptional(),
});
export type SnowflakeConfig = z.infer<typeof SnowflakeConfig>;
