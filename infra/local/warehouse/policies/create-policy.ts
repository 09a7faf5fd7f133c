import { parseColumnType } from '../catalog/column-types.ts';
import { createHead } from '../catalog/create-head.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { inside } from '../catalog/inside.ts';
import { alterObject, createObject, pathIn } from '../catalog/lifecycle.ts';
import { StatementNames } from '../catalog/names.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { SnowflakeError, type Names } from '../contract.ts';
import { checkedBody } from '../functions/function-body.ts';
import { parameter, shortType } from '../scripting/commands/create-procedure.ts';
import type { StatementContext } from '../session/command.ts';
import type { Outcome } from '../session/outcome.ts';
import { scopeOf } from '../session/plan.ts';
import type { Cursor } from '../sql/cursor.ts';
import { translate } from '../translation/translate.ts';
import { refuseAttached } from './in-use.ts';
import type { PolicyDetails, PolicyKind } from './policy-object.ts';

/** CREATE MASKING POLICY and ROW ACCESS POLICY: the body must make sense with arguments of the declared types. */
export const createPolicy = async (context: StatementContext, kind: PolicyKind): Promise<Outcome> => {
  const cursor = context.cursor();
  const { name, orAlter, ...head } = createHead(cursor, kind);
  cursor.expect('AS');
  const parameters = cursor.list(() => parameter(cursor, context));
  cursor.expect('RETURNS');
  const returns = parseColumnType(cursor);
  cursor.expect('->');
  const text = bodyText(cursor, context);
  const { COMMENT, EXEMPT_OTHER_POLICIES = false, ...others } = parseProperties(cursor);
  cursor.finish();
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`invalid property '${other}' for '${kind}'`);
  const path = pathIn(context, name);
  const details: PolicyDetails = {
    parameters,
    returns,
    text,
    body: checkedBody(text),
    exempt: EXEMPT_OTHER_POLICIES === true,
  };
  checkSignature(kind, details);
  tryOut(context, details, path, kind);
  const comment = propertyText(COMMENT);
  const { catalog } = context.warehouse;
  if (orAlter && catalog.find(kind, path) !== undefined)
    return alterObject<PolicyDetails>(context, kind, path, async (policy) => {
      const { parameters: before, returns: type } = policy.details;
      if (JSON.stringify([before, type]) !== JSON.stringify([parameters, returns]))
        throw unsupported(`CREATE OR ALTER ${kind} that changes the signature`);
      return { ...policy, comment, details };
    });
  return createObject<PolicyDetails>(context, {
    ...head,
    kind,
    path,
    comment,
    make: async (_, __, ___, replaced) => {
      if (replaced !== undefined) refuseAttached(catalog, replaced);
      return details;
    },
  });
};

const checkSignature = (kind: PolicyKind, { parameters, returns }: PolicyDetails): void => {
  const [first] = parameters;
  if (kind === 'MASKING POLICY' && first === undefined) throw invalid('A masking policy has at least one argument.');
  const wanted = kind === 'MASKING POLICY' ? first!.type.type : 'boolean';
  if (wanted !== returns.type)
    throw new SnowflakeError(
      '003508',
      '42601',
      kind === 'MASKING POLICY'
        ? 'SQL compilation error:\nMasking policy function argument and return type mismatch.'
        : 'SQL compilation error:\nRow access policy function return type must be BOOLEAN.',
    );
};

/** The body as written: up to the properties behind it, or the end. */
export const bodyText = (cursor: Cursor, { statement: { text, tokens } }: StatementContext): string => {
  const from = cursor.peek().start;
  let end = from;
  while (!cursor.atEnd && !isProperty(cursor) && !cursor.at(';')) end = cursor.next().end;
  if (end === from) cursor.expect('<body>');
  return text.slice(from - tokens[0]!.start, end - tokens[0]!.start);
};

const isProperty = (cursor: Cursor): boolean => cursor.at('COMMENT', '=') || cursor.at('EXEMPT_OTHER_POLICIES', '=');

/** Translates a call of the policy with NULLs of the right types, which fails where its body makes no sense. */
export const tryOut = (
  context: StatementContext,
  details: Pick<PolicyDetails, 'parameters' | 'returns' | 'body'>,
  path: readonly string[],
  kind: PolicyKind,
): void => {
  const scope = inside({ path, kind, owner: context.session.role }, scopeOf(context.session));
  const names: Names = {
    database: undefined,
    schema: undefined,
    relation: () => undefined,
    past: () => undefined,
    tableFunction: () => undefined,
    variable: () => undefined,
    routines: () => [{ ...details, strict: false, names: new StatementNames(scope) }],
  };
  const nulls = details.parameters.map(({ type }) => `NULL::${shortType(type)}`).join(', ');
  translate(`SELECT trial_of_a_policy(${nulls})`, names);
};
