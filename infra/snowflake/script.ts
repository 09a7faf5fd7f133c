import type { Statement } from '../../shared/sql/statement.ts';

/** The statements as one script, in their order, for a worksheet or `snow sql`; a statement with binds is refused. */
export const script = (statements: readonly Statement[]): string =>
  statements
    .map(({ name, text, binds }) => {
      if (binds.length > 0) throw new Error(`${name} has binds, which a script can't carry`);
      return `-- ${name}\n${text.trim()};\n`;
    })
    .join('\n');
