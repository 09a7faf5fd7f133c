import * as z from 'zod';

/** What an invocation leaves to the next one about the same message: the statements that go on meanwhile, by name. */
export const FollowUp = z.object({ since: z.iso.datetime(), queries: z.record(z.string(), z.string().min(1)) });
export type FollowUp = z.infer<typeof FollowUp>;

const [SOONEST_SECONDS, LATEST_SECONDS] = [15, 300];

/**
 * When to look again at a statement: after a quarter of the time that it has taken, so that no look costs much, and none comes late.
 * @example secondsUntilNextLook(120_000) // 30
 */
export const secondsUntilNextLook = (runningMs: number): number =>
  Math.min(Math.max(Math.ceil(runningMs / 4000), SOONEST_SECONDS), LATEST_SECONDS);

/** The same message again, with what is under way for it. */
export const followUpOf = (body: string, followUp: FollowUp): string =>
  JSON.stringify({ ...(JSON.parse(body) as object), followUp });
