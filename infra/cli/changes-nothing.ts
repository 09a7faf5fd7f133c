import type { Command } from 'commander';

const READS = /^\s*(select|with|show|desc|describe|explain|list)\b/i;

/** Whether what a verb was asked changes nothing, though the verb could. */
export const changesNothing = (verb: Pick<Command, 'name' | 'args' | 'opts'>): boolean => {
  const { dryRun, repair } = verb.opts<{ readonly dryRun?: true; readonly repair?: true }>();
  if (dryRun) return true;
  const [first = ''] = verb.args;
  switch (verb.name()) {
    case 'quarantine':
      return !['release', 'discard'].includes(first);
    case 'reconcile':
      return repair !== true;
    case 'sql':
      return READS.test(first);
    case 'destroy':
      // It shows what would go, and asks for more than --yes, by itself.
      return true;
    default:
      return false;
  }
};
