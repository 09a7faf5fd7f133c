import type { Command } from '../session/command.ts';
import { runTranslated } from '../session/run-translated.ts';
import { tokenize } from '../sql/lexer.ts';
import { expandCalls, isCall } from './expand.ts';
import { SYSTEM_FUNCTIONS } from './functions.ts';

const TRANSLATED = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Queries and DML that call SYSTEM$ functions. */
export const systemCalls: Command = {
  matches: (words, tokens) =>
    TRANSLATED.has(words[0] ?? '') && tokens.some((_, i) => isCall(tokens, i, SYSTEM_FUNCTIONS)),
  run: async (context) => {
    const { text, values } = await expandCalls(context, SYSTEM_FUNCTIONS);
    return runTranslated({ ...context, statement: { text, tokens: tokenize(text) }, binds: { positional: values } });
  },
};
