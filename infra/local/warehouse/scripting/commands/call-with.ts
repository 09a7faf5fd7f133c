import { unsupported } from '../../catalog/errors.ts';
import { pathIn } from '../../catalog/lifecycle.ts';
import { bindInOrder } from '../../session/binds.ts';
import type { Command } from '../../session/command.ts';
import type { Outcome } from '../../session/outcome.ts';
import { Cursor } from '../../sql/cursor.ts';
import { tokenize } from '../../sql/lexer.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { procedureOf } from '../temporary-procedures.ts';
import { callProcedure, readArguments } from './call.ts';
import { procedureDefinition, signatureOf } from './create-procedure.ts';

/** `WITH name AS PROCEDURE (...) ... CALL name(...)`: a procedure for one call, with the rights of its caller. */
export const callWith: Command = {
  matches: (words, tokens) => words[0] === 'WITH' && tokens[2]?.value === 'AS' && tokens[3]?.value === 'PROCEDURE',
  run: async (context): Promise<Outcome> => {
    const { text, values } = bindInOrder(context.statement, context.binds);
    const statement = { text, tokens: tokenize(text) };
    const cursor = new Cursor(statement.tokens);
    cursor.expect('WITH');
    const name = cursor.identifier();
    cursor.expect('AS', 'PROCEDURE');
    const readBody = (): string => cursor.string();
    const { details } = procedureDefinition(cursor, { ...context, statement }, name, readBody);
    if (cursor.at(',')) throw unsupported('common tables beside an anonymous procedure');
    cursor.expect('CALL');
    const token = cursor.peek();
    if (cursor.identifier() !== name) throw unexpected(token);
    const args = readArguments(cursor, text, values);
    cursor.finish();
    const path = [...pathIn(context, [name]).slice(0, 2), signatureOf(details)];
    const procedure = procedureOf(context.session, path, { ...details, executeAs: 'CALLER' }, context.startedAt);
    return callProcedure(context, procedure, args);
  },
};
