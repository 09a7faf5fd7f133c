import type { Schedule } from '../../shared/topology.ts';
import type { Pace } from './stack.types.ts';

// The pipelines' tasks run every five minutes on Snowflake; a laptop's pace says in how many seconds here.
const TASK_MINUTES = 5;
// What the services' schedules look after goes wrong rarely: looking more often would only cost.
const SHORTEST_SECONDS = 5;

/** How often a service's schedule runs at a laptop's pace: as much faster as the pipelines' tasks, but once in five seconds at most. */
export const scheduleSecondsAt =
  ({ scheduleSeconds }: Pick<Pace, 'scheduleSeconds'>) =>
  ({ everyMinutes }: Pick<Schedule, 'everyMinutes'>): number =>
    Math.max(SHORTEST_SECONDS, (everyMinutes / TASK_MINUTES) * scheduleSeconds);
