/** What a function finds in its environment; the log-in that begins with its import reaches nobody. */
export const LAMBDA_ENVIRONMENT = {
  STAGE: 'dev',
  BUS_NAME: '-',
  SNOWFLAKE_ACCOUNT: '-',
  SNOWFLAKE_USER: '-',
  SNOWFLAKE_ROLE: '-',
  SNOWFLAKE_WAREHOUSE: '-',
  SNOWFLAKE_URL: 'http://127.0.0.1:9',
  SNOWFLAKE_PRIVATE_KEY: '-',
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SNOWFLAKE_DISABLE_MINICORE: 'true',
  AWS_REGION: 'eu-west-1',
  PATH: process.env['PATH'],
};
