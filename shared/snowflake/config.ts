import * as z from 'zod';

/** The part of a service's environment that leads it to Snowflake. Without a private key it logs in by its AWS identity. */
export const SnowflakeConfig = z.object({
  SNOWFLAKE_ACCOUNT: z.string().min(1),
  SNOWFLAKE_USER: z.string().min(1),
  SNOWFLAKE_ROLE: z.string().min(1),
  SNOWFLAKE_WAREHOUSE: z.string().min(1),
  SNOWFLAKE_PRIVATE_KEY: z.string().exactOptional(),
  /** Set by Lambda: there the log-in begins while the function starts. */
  AWS_LAMBDA_FUNCTION_NAME: z.string().exactOptional(),
  /** Another address than the account's own, such as the local warehouse's. */
  SNOWFLAKE_URL: z.url().exactOptional(),
});
export type SnowflakeConfig = z.infer<typeof SnowflakeConfig>;
