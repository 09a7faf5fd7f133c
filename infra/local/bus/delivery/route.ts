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

type Named = Pick<RuleRow, 'bus' | 'name'>;

/** Keeps an event for every target of one rule; returns the deliveries' numbers. */
export const keepFor = (bus: Bus, { bus: busName, name }: Named, event: string): number[] =>
  bus.store
    .all<{ target: string }>('SELECT target FROM targets WHERE bus = ? AND rule = ? ORDER BY id', busName, name)
    .map(({ target }) =>
      bus.dispatcher.keep({
        event,
        target: JSON.parse(target) as Target,
        ruleArn: ruleArn(bus, busName, name),
        ruleName: name,
      }),
    );

/** Keeps an event for every target of every enabled rule that matches; returns the deliveries' numbers. */
export const route = (bus: Bus, { busName, event, onlyRules }: Arrival): number[] => {
  const fields = fieldsOf(parseJson(event));
  return bus.store
    .all<RuleRow>("SELECT * FROM rules WHERE bus = ? AND state = 'ENABLED' AND pattern <> '' ORDER BY name", busName)
    .filter(({ name }) => onlyRules?.includes(ruleArn(bus, busName, name)) ?? true)
    .filter(({ pattern }) => patternOf(pattern).matches(fields))
    .flatMap((rule) => keepFor(bus, rule, event));
};
