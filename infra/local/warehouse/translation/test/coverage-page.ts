import { FUNCTIONS } from '../functions/registry.ts';
import { REFUSED_FUNCTIONS } from '../functions/refused.ts';
import type { Expression } from './expression.ts';
import { FAMILIES } from './families.ts';

const REFUSAL = /^!! Unsupported feature '([\s\S]*)'$/;

const refusal = ([, expected]: Expression): string | undefined =>
  typeof expected === 'string' ? REFUSAL.exec(expected)?.[1] : undefined;

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

const called = (expressions: readonly Expression[]): string[] =>
  sorted(
    expressions
      .filter((one) => refusal(one) === undefined)
      .flatMap(([sql]) => [...sql.matchAll(/\b([A-Z][A-Z0-9_]*)\s*\(/gi)].map((match) => match[1]!.toUpperCase()))
      .filter((name) => Object.hasOwn(FUNCTIONS, name) && !Object.hasOwn(REFUSED_FUNCTIONS, name)),
  );

const code = (names: readonly string[]): string => names.map((name) => `\`${name.replaceAll('`', "'")}\``).join(', ');

const section = ([family, expressions]: readonly [string, readonly Expression[]]): string => {
  const refused = sorted(expressions.map(refusal).filter((name) => name !== undefined));
  const proved = expressions.length - expressions.filter((one) => refusal(one) !== undefined).length;
  const functions = called(expressions);
  return [
    `## ${family[0]!.toUpperCase()}${family.slice(1)}`,
    `${proved} statements give the documented result${functions.length > 0 ? `, with ${code(functions)}` : ''}.`,
    ...(refused.length > 0 ? [`Refused by name: ${code(refused)}.`] : []),
  ].join('\n\n');
};

/** The page that says what of Snowflake's SQL is covered: made from the cases, so that it says no more than they prove. */
export const coveragePage = (): string => {
  const tested = new Set(Object.values(FAMILIES).flatMap(called));
  const others = sorted(Object.keys(FUNCTIONS)).filter(
    (name) => !tested.has(name) && !Object.hasOwn(REFUSED_FUNCTIONS, name),
  );
  return `${[
    '# What of Snowflake’s SQL is covered',
    'Made by `node infra/tools/coverage-page.ts` from the cases in `translation/test/cases`, each of which runs through the driver; a test fails when it is stale.',
    ...Object.entries(FAMILIES).map(section),
    '## Translated, but in no case yet',
    `${code(others)}.`,
    '## Functions refused by name',
    `${code(sorted(Object.keys(REFUSED_FUNCTIONS)))}.`,
  ].join('\n\n')}\n`;
};
