import type { Value } from '../contract.ts';
import type { Token } from '../sql/token.ts';
import type { Binds } from './command.ts';
import type { Session } from './session.ts';

const CONTEXT: Readonly<Record<string, (session: Session) => string | undefined>> = {
  CURRENT_DATABASE: ({ database }) => database,
  CURRENT_ROLE: ({ role }) => role,
  CURRENT_SCHEMA: ({ schema }) => schema,
  CURRENT_USER: ({ user }) => user,
  CURRENT_WAREHOUSE: ({ currentWarehouse }) => currentWarehouse,
};

/** A command's tokens in which `IDENTIFIER($variable)`, `IDENTIFIER(?)` and `IDENTIFIER(CURRENT_ROLE())` hold the text that they stand for. */
export const namedObjects = (tokens: readonly Token[], session: Session, binds: Binds): readonly Token[] => {
  if (!tokens.some(({ value }) => value === 'IDENTIFIER')) return tokens;
  const named: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const opens = named.at(-1)?.text === '(' && named.at(-2)?.value === 'IDENTIFIER';
    const text = opens ? standsFor(tokens, i, session, binds) : undefined;
    if (text === undefined) named.push(tokens[i]!);
    else {
      named.push({ ...tokens[i]!, kind: 'string', value: text });
      if (tokens[i]!.kind === 'word') i += 2;
    }
  }
  return named;
};

const standsFor = (tokens: readonly Token[], at: number, session: Session, binds: Binds): string | undefined => {
  const { kind, value } = tokens[at]!;
  if (kind === 'variable') return session.variables.get(value)?.text ?? undefined;
  if (kind === 'bind') return boundTo(tokens, at, binds)?.text ?? undefined;
  return kind === 'word' && tokens[at + 1]?.text === '(' && Object.hasOwn(CONTEXT, value)
    ? CONTEXT[value]!(session)
    : undefined;
};

const boundTo = (tokens: readonly Token[], at: number, { positional, named }: Binds): Value | undefined => {
  const { value } = tokens[at]!;
  if (value === '?')
    return positional[tokens.slice(0, at).filter((token) => token.kind === 'bind' && token.value === '?').length];
  return /^\d+$/.test(value) ? positional[Number(value) - 1] : named?.get(value);
};
