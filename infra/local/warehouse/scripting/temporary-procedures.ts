import type { CreateHead } from '../catalog/create-head.ts';
import { alreadyExists } from '../catalog/errors.ts';
import type { StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { Session } from '../session/session.ts';
import type { ProcedureDetails, ProcedureObject } from './procedure-object.ts';

const procedures = new WeakMap<Session, Map<string, ProcedureObject>>();

/** The procedures that only this session knows, by path. */
export const temporaryProcedures = (session: Session): Map<string, ProcedureObject> => {
  const known = procedures.get(session);
  if (known !== undefined) return known;
  const made = new Map<string, ProcedureObject>();
  procedures.set(session, made);
  return made;
};

/** Creates a procedure that goes with its session. */
export const createTemporaryProcedure = (
  context: StatementContext,
  { orReplace, ifNotExists }: Pick<CreateHead, 'orReplace' | 'ifNotExists'>,
  path: readonly string[],
  details: ProcedureDetails,
): Outcome => {
  const { session, startedAt } = context;
  const known = temporaryProcedures(session);
  const key = path.join('\0');
  const name = displayIdentifier(details.name);
  if (known.has(key) && ifNotExists) return status(`${name} already exists, statement succeeded.`);
  if (known.has(key) && !orReplace) throw alreadyExists(path);
  known.set(key, procedureOf(session, path, details, startedAt));
  return status(`Procedure ${details.name} successfully created.`);
};

/** A procedure that is in no catalog. */
export const procedureOf = (
  session: Session,
  path: readonly string[],
  details: ProcedureDetails,
  startedAt: Date,
): ProcedureObject => ({
  id: 0,
  kind: 'PROCEDURE',
  path,
  owner: session.role,
  comment: '',
  createdOn: startedAt.toISOString(),
  details,
});
