import type { Bus } from '../bus.ts';
import type { Target } from '../delivery/target.ts';
import { BusError, overLimit } from '../errors.ts';
import { objects, optionalTexts, requiredText } from './input.ts';
import type { Input } from './input.ts';
import { NAME, theBus } from './names.ts';
import { page } from './page.ts';
import { theRule } from './rules.ts';
import { checkedTarget } from './target-check.ts';

const MAX_TARGETS = 5;
const MAX_BATCH = 100;

type Failed = { readonly TargetId: string; readonly ErrorCode: string; readonly ErrorMessage: string };

const outcome = (FailedEntries: readonly Failed[]): object => ({
  FailedEntryCount: FailedEntries.length,
  FailedEntries,
});

const idOf = (input: Input, index: number): string => {
  const place = `targets.${index + 1}.member.id`;
  return requiredText(input, 'Id', { min: 1, max: 64, pattern: NAME }, place);
};

// One bad target doesn't keep its neighbours out.
const read = (bus: Bus, input: Input, id: string): Target | Failed => {
  try {
    return checkedTarget(bus, input, id);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    return { TargetId: id, ErrorCode: error.type, ErrorMessage: error.message };
  }
};

export const putTargets = (bus: Bus, input: Input): object => {
  const rule = theRule(bus, input, 'Rule');
  const entries = objects(input, 'Targets', 1, MAX_BATCH).map((entry, index) => ({ entry, id: idOf(entry, index) }));
  const targets = entries.map(({ entry, id }) => read(bus, entry, id));
  const { store } = bus;
  store.transaction(() => {
    for (const target of targets) {
      if ('ErrorCode' in target) continue;
      store.run(
        'INSERT OR REPLACE INTO targets (bus, rule, id, arn, target) VALUES (?, ?, ?, ?, ?)',
        rule.bus,
        rule.name,
        target.Id,
        target.Arn,
        JSON.stringify(target),
      );
    }
    const { n } = store.get<{ n: number }>(
      'SELECT count(*) AS n FROM targets WHERE bus = ? AND rule = ?',
      rule.bus,
      rule.name,
    )!;
    if (n > MAX_TARGETS) overLimit();
  });
  return outcome(targets.filter((target) => 'ErrorCode' in target));
};

export const removeTargets = (bus: Bus, input: Input): object => {
  const rule = theRule(bus, input, 'Rule');
  const failed = (optionalTexts(input, 'Ids') ?? []).filter(
    (id) => bus.store.run('DELETE FROM targets WHERE bus = ? AND rule = ? AND id = ?', rule.bus, rule.name, id) === 0,
  );
  return outcome(
    failed.map((id) => ({
      TargetId: id,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Rule ${rule.name} does not have a target with the Id ${id}.`,
    })),
  );
};

export const listTargetsByRule = (bus: Bus, input: Input): object => {
  const rule = theRule(bus, input, 'Rule');
  const { rows, NextToken } = page<{ id: string; target: string }>(
    input,
    (row) => row.id,
    (after, limit) =>
      bus.store.all(
        'SELECT id, target FROM targets WHERE bus = ? AND rule = ? AND id > ? ORDER BY id LIMIT ?',
        rule.bus,
        rule.name,
        after,
        limit,
      ),
  );
  return { Targets: rows.map(({ target }) => JSON.parse(target) as Target), NextToken };
};

export const listRuleNamesByTarget = (bus: Bus, input: Input): object => {
  const busName = theBus(bus, input);
  const arn = requiredText(input, 'TargetArn', { min: 1, max: 1600 });
  const { rows, NextToken } = page<{ rule: string }>(
    input,
    (row) => row.rule,
    (after, limit) =>
      bus.store.all(
        'SELECT DISTINCT rule FROM targets WHERE bus = ? AND arn = ? AND rule > ? ORDER BY rule LIMIT ?',
        busName,
        arn,
        after,
        limit,
      ),
  );
  return { RuleNames: rows.map(({ rule }) => rule), NextToken };
};
