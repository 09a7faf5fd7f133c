import type { Bus } from '../bus.ts';
import { invalid } from '../errors.ts';
import { readSchedule } from '../schedule/schedule-expression.ts';
import type { RuleRow } from '../store/rows.ts';
import { optionalText } from './input.ts';
import type { Input } from './input.ts';

/** A rule with its schedule, if it has one. */
export type ScheduledRule = RuleRow & { readonly expression: string | null };

/** Reads rules with their schedules; the rules are `r`. */
export const SELECT_RULES =
  'SELECT r.*, s.expression FROM rules r LEFT JOIN schedules s ON s.bus = r.bus AND s.rule = r.name';

/** The schedule of a call, checked; only the default bus takes one. */
export const scheduleOf = (input: Input, busName: string): string | null => {
  const expression = optionalText(input, 'ScheduleExpression', { max: 256 });
  if (expression === undefined || expression === '') return null;
  readSchedule(expression);
  return busName === 'default' ? expression : invalid('ScheduleExpression is supported only on the default event bus.');
};

/** Lets a rule run on a schedule from now on, or on none: what it missed until now stays missed. */
export const beginSchedule = ({ store, now }: Bus, rule: Pick<ScheduledRule, 'bus' | 'name' | 'expression'>): void => {
  store.run('DELETE FROM schedules WHERE bus = ? AND rule = ?', rule.bus, rule.name);
  if (rule.expression === null) return;
  store.run(
    'INSERT INTO schedules (bus, rule, expression, next) VALUES (?, ?, ?, ?)',
    rule.bus,
    rule.name,
    rule.expression,
    readSchedule(rule.expression)(now()) ?? null,
  );
};
