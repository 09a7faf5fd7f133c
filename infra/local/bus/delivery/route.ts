import { ruleArn } from '../arns.ts';
import type { Bus } from '../bus.ts';
import { parseJson } from '../json/parse.ts';
import { fieldsOf } from '../pattern/fields.ts';
import { patternOf } from '../pattern/known-patterns.ts';
import type { RuleRow } from '../store/rows.ts';
import type { Target } from './target.ts';

/** Where an event is to be routed from. */
export interface Arrival {
  readonly busName: string;
  readonly event: string;
  /** The rules that may take it; all of the bus when there is no such list. */
  readonly onlyRules?: readonly string[];
}

/** Keeps an event for every target of every enabled rule that matches; returns the deliveries' numbers. */
export const route = (bus: Bus, { busName, event, onlyRules }: Arrival): number[] => {
  const fields = fieldsOf(parseJson(event));
  return bus.store
    .all<RuleRow>("SELECT * FROM rules WHERE bus = ? AND state = 'ENABLED' ORDER BY name", busName)
    .map((rule) => ({ ...rule, arn: ruleArn(bus, rule.bus, rule.name) }))
    .filter(({ arn, pattern }) => (onlyRules?.includes(arn) ?? true) && patternOf(pattern).matches(fields))
    .flatMap((rule) =>
      bus.store
        .all<{ target: string }>(
          'SELECT target FROM targets WHERE bus = ? AND rule = ? ORDER BY id',
          rule.bus,
          rule.name,
        )
        .map(({ target }) =>
          bus.dispatcher.keep({ event, target: JSON.parse(target) as Target, ruleArn: rule.arn, ruleName: rule.name }),
        ),
    );
};
