import { ruleArn } from '../arns.ts';
import type { Bus } from '../bus.ts';
import { invalid, notFound, overLimit } from '../errors.ts';
import { onlyKnows, optionalText, requiredText } from './input.ts';
import type { Input } from './input.ts';
import { NAME, theBus } from './names.ts';
import { page } from './page.ts';
import { checkedPattern, PATTERN } from './pattern-check.ts';
import { beginSchedule, scheduleOf, SELECT_RULES } from './rule-schedule.ts';
import type { ScheduledRule } from './rule-schedule.ts';
import { dropTags, putTags } from './tags.ts';

const RULE_NAME = { min: 1, max: 64, pattern: NAME };
// The quota of a bus in most regions.
const MAX_RULES = 300;
const KNOWN = ['Name', 'EventPattern', 'ScheduleExpression', 'State', 'Description', 'RoleArn', 'EventBusName', 'Tags'];

const shown = (bus: Bus, row: ScheduledRule): object => ({
  Name: row.name,
  Arn: ruleArn(bus, row.bus, row.name),
  EventBusName: row.bus,
  EventPattern: row.pattern === '' ? undefined : row.pattern,
  ScheduleExpression: row.expression ?? undefined,
  State: row.state,
  Description: row.description ?? undefined,
  RoleArn: row.roleArn ?? undefined,
});

/** The bus and the rule that a call names; refused when there is no such rule. */
export const theRule = (bus: Bus, input: Input, member = 'Name'): ScheduledRule => {
  const busName = theBus(bus, input);
  const name = requiredText(input, member, RULE_NAME);
  const row = bus.store.get<ScheduledRule>(`${SELECT_RULES} WHERE r.bus = ? AND r.name = ?`, busName, name);
  return row ?? notFound(`Rule ${name} does not exist on EventBus ${busName}.`);
};

export const putRule = (bus: Bus, input: Input): object => {
  const name = requiredText(input, 'Name', RULE_NAME);
  onlyKnows(input, KNOWN);
  const state = optionalText(input, 'State', { oneOf: ['ENABLED', 'DISABLED'] }) ?? 'ENABLED';
  const description = optionalText(input, 'Description', { max: 512 });
  const roleArn = optionalText(input, 'RoleArn', { min: 1, max: 1600 });
  const pattern = optionalText(input, 'EventPattern', PATTERN);
  const busName = theBus(bus, input);
  const expression = scheduleOf(input, busName);
  if (pattern === undefined && expression === null) {
    return invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (pattern !== undefined) checkedPattern(pattern);
  const arn = ruleArn(bus, busName, name);
  bus.store.transaction(() => {
    const known = bus.store.get<ScheduledRule>(`${SELECT_RULES} WHERE r.bus = ? AND r.name = ?`, busName, name);
    const others = bus.store.get<{ n: number }>('SELECT count(*) AS n FROM rules WHERE bus = ?', busName);
    if (!known && others!.n >= MAX_RULES) overLimit();
    bus.store.run(
      'INSERT OR REPLACE INTO rules (bus, name, pattern, state, description, roleArn) VALUES (?, ?, ?, ?, ?, ?)',
      busName,
      name,
      pattern ?? '',
      state,
      description ?? null,
      roleArn ?? null,
    );
    // Put again as it was, a schedule goes on as it was.
    const goesOn = known?.expression === expression && known.state === state;
    if (!goesOn) beginSchedule(bus, { bus: busName, name, expression });
    if (!known) putTags(bus, arn, input);
  });
  bus.schedulesChanged();
  return { RuleArn: arn };
};

export const describeRule = (bus: Bus, input: Input): object => ({
  ...shown(bus, theRule(bus, input)),
  CreatedBy: bus.account,
});

export const listRules = (bus: Bus, input: Input): object => {
  const busName = theBus(bus, input);
  const prefix = optionalText(input, 'NamePrefix', RULE_NAME) ?? '';
  const { rows, NextToken } = page<ScheduledRule>(
    input,
    (row) => row.name,
    (after, limit) =>
      bus.store.all(
        `${SELECT_RULES} WHERE r.bus = ? AND r.name > ? AND substr(r.name, 1, length(?)) = ? ORDER BY r.name LIMIT ?`,
        busName,
        after,
        prefix,
        prefix,
        limit,
      ),
  );
  return { Rules: rows.map((row) => shown(bus, row)), NextToken };
};

export const deleteRule = (bus: Bus, input: Input): object => {
  const [busName, name] = [theBus(bus, input), requiredText(input, 'Name', RULE_NAME)];
  if (bus.store.get('SELECT 1 FROM targets WHERE bus = ? AND rule = ?', busName, name)) {
    return invalid("Rule can't be deleted since it has targets.");
  }
  bus.store.transaction(() => {
    bus.store.run('DELETE FROM schedules WHERE bus = ? AND rule = ?', busName, name);
    bus.store.run('DELETE FROM rules WHERE bus = ? AND name = ?', busName, name);
  });
  bus.schedulesChanged();
  dropTags(bus, ruleArn(bus, busName, name));
  return {};
};

const setState = (bus: Bus, input: Input, state: string): object => {
  const rule = theRule(bus, input);
  bus.store.transaction(() => {
    if (state !== rule.state) beginSchedule(bus, rule);
    bus.store.run('UPDATE rules SET state = ? WHERE bus = ? AND name = ?', state, rule.bus, rule.name);
  });
  bus.schedulesChanged();
  return {};
};

export const enableRule = (bus: Bus, input: Input): object => setState(bus, input, 'ENABLED');

export const disableRule = (bus: Bus, input: Input): object => setState(bus, input, 'DISABLED');
