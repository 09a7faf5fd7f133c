/** The examples at the end of a verb's help. */
export const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((it) => `  ${it}`)].join('\n');
