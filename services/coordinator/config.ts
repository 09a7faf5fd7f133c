import * as z from 'zod';
import { SnowflakeConfig } from '../../shared/snowflake/config.ts';

/** The environment that coordinator runs in. */
export const Config = SnowflakeConfig.extend({
  STAGE: z.enum(['dev', 'prod']),
  BUS_NAME: z.string().min(1),
  /** A batch of which nothing is heard for so long stands still; an hour unless given. */
  STANDSTILL_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .exactOptional(),
});
export type Config = z.infer<typeof Config>;
