import type { Plan } from '../../snowflake/plan/plan.ts';
import type { Change } from '../../snowflake/plan/compare.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../view/numbers.ts';
import { visible } from '../view/text.ts';

const MARKS: Readonly<Record<Change['action'], string>> = {
  create: '+',
  replace: '±',
  alter: '~',
  grant: '+',
  suspend: '⏸',
  resume: '▶',
  revoke: '-',
  drop: '-',
};

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** A plan as a person reads it: one line a change, and a sum. */
export const planLines = (
  { changes, unchanged, stale, drifted }: Plan,
  paint: Terminal['paint'],
): readonly string[] => [
  ...changes.map(({ action, kind, name, what }) => {
    const line = visible(
      `${MARKS[action]} ${action.padEnd(7)} ${kind.toLowerCase()} ${name}${what === '' ? '' : `: ${what}`}`,
    );
    return action === 'drop' || action === 'revoke' ? paint('red', line) : line;
  }),
  ...stale.map((it) =>
    paint('red', visible(`! the stream ${it} is stale: what it had not given out is lost to it (docs/runbook.md)`)),
  ),
  ...drifted.map(({ kind, name, property, is, wanted }) =>
    paint(
      'yellow',
      visible(
        `! the ${kind.toLowerCase()} ${name} is not as the definition has it, and apply leaves it so: ${property} is ${short(is)}, not ${short(wanted)}`,
      ),
    ),
  ),
  changes.length === 0
    ? `Nothing to do: all ${unchanged} statements hold already`
    : `${plural(changes.length, 'change')}, ${unchanged} unchanged`,
];

/** A plan for a machine. */
export const planJson = ({ changes, unchanged, stale, drifted }: Plan): object => ({
  changes: changes.map(({ action, kind, name, what, text }) => ({ action, kind, name, what, statement: text.trim() })),
  unchanged,
  stale,
  drifted,
});
