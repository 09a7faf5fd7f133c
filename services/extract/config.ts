import * as z from 'zod';
import { SnowflakeConfig } from '../../shared/snowflake/config.ts';

/** The environment that extract runs in. */
export const Config = SnowflakeConfig.extend({
  STAGE: z.enum(['dev', 'prod']),
  BUS_NAME: z.string().min(1),
});
export type Config = z.infer<typeof Config>;
