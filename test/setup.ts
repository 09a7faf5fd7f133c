/** Runs before every test file: nothing may leave this machine, and no real account may be reached. */
process.env['SNOWFLAKE_DISABLE_PLATFORM_DETECTION'] = 'true';
process.env['SNOWFLAKE_DISABLE_MINICORE'] = 'true';
process.env['SF_TELEMETRY_DISABLE_CONNECTION_SHAPE'] = '1';
process.env['AWS_REGION'] = 'eu-west-1';
process.env['AWS_ACCESS_KEY_ID'] = 'local';
process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
process.env['NO_PROXY'] = '127.0.0.1,localhost';
