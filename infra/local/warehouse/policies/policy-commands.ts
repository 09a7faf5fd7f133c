import { notFound, unsupported } from '../catalog/errors.ts';
import { alterObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { rename } from '../catalog/commands/rename.ts';
import { showCommand } from '../catalog/show.ts';
import { displayType } from '../catalog/column-types.ts';
import { checkedBody } from '../functions/function-body.ts';
import { shortType } from '../scripting/commands/create-procedure.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { STATEMENT_TYPE, status, table, text, timestamp, type Outcome } from '../session/outcome.ts';
import { bodyText, createPolicy, tryOut } from './create-policy.ts';
import { refuseAttached } from './in-use.ts';
import { POLICY_KINDS, type PolicyDetails, type PolicyKind, type PolicyObject } from './policy-object.ts';

const SHOWN = { 'MASKING POLICY': 'MASKING POLICIES', 'ROW ACCESS POLICY': 'ROW ACCESS POLICIES' } as const;

const show = (kind: PolicyKind): Command =>
  showCommand({
    words: SHOWN[kind],
    kinds: [kind],
    columns: [
      timestamp('created_on'),
      ...['name', 'database_name', 'schema_name', 'kind', 'owner', 'comment', 'options', 'owner_role_type'].map(text),
    ],
    row: (object) => {
      const { path, createdOn, owner, comment, details } = object as PolicyObject;
      const options = details.exempt ? '{"EXEMPT_OTHER_POLICIES": "TRUE"}' : '';
      return [
        new Date(createdOn),
        path[2],
        path[0],
        path[1],
        kind.replaceAll(' ', '_'),
        owner,
        comment,
        options,
        'ROLE',
      ];
    },
  });

/** CREATE, ALTER, DROP, SHOW and DESCRIBE of masking and row access policies; EXECUTE USING POLICY_CONTEXT is refused. */
export const policyCommands: readonly Command[] = [
  ...POLICY_KINDS.flatMap((kind): Command[] => [
    command(`CREATE ${kind}`, (context) => createPolicy(context, kind)),
    command(`ALTER ${kind}`, (context) => alter(context, kind)),
    command(`DROP ${kind}`, (context) => drop(context, kind)),
    ...['DESCRIBE', 'DESC'].map((verb) => command(`${verb} ${kind}`, (context) => describe(context, kind))),
    show(kind),
  ]),
  {
    matches: ([first, second]) => first === 'EXECUTE' && second === 'USING',
    run: () => {
      throw unsupported('POLICY_CONTEXT');
    },
  },
];

const alter = async (context: StatementContext, kind: PolicyKind): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', ...kind.split(' '));
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  const policy = context.warehouse.catalog.find(kind, path) as PolicyObject | undefined;
  if (ifExists && policy === undefined) return status('Statement executed successfully.');
  if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, kind, path);
  if (cursor.accept('UNSET', 'COMMENT')) {
    cursor.finish();
    return alterObject(context, kind, path, async (object) => ({ ...object, comment: '' }));
  }
  cursor.expect('SET');
  if (cursor.accept('BODY')) {
    cursor.expect('->');
    const written = bodyText(cursor, context);
    cursor.finish();
    const body = checkedBody(written);
    return alterObject<PolicyDetails>(context, kind, path, async (object) => {
      const details = { ...object.details, text: written, body };
      tryOut(context, details, path, kind);
      return { ...object, details };
    });
  }
  const { COMMENT, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined) throw unsupported(`ALTER ${kind} SET ${other}`);
  if (COMMENT === undefined) cursor.expect('BODY');
  cursor.finish();
  return alterObject(context, kind, path, async (object) => ({ ...object, comment: propertyText(COMMENT) }));
};

const drop = async (context: StatementContext, kind: PolicyKind): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('DROP', ...kind.split(' '));
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  cursor.finish();
  return dropObject(context, kind, path, ifExists, async (_, policy) =>
    refuseAttached(context.warehouse.catalog, policy),
  );
};

const describe = async (context: StatementContext, kind: PolicyKind): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.next();
  cursor.expect(...kind.split(' '));
  const path = pathIn(context, cursor.name());
  cursor.finish();
  const policy = context.warehouse.catalog.find(kind, path) as PolicyObject | undefined;
  if (policy === undefined || !context.session.access.visible(policy)) throw notFound(kind, path);
  const { parameters, returns, text: body } = policy.details;
  const signature = `(${parameters.map(({ name, type }) => `${name} ${shortType(type)}`).join(', ')})`;
  const row = [path[2]!, signature, displayType(returns), body];
  return table(['name', 'signature', 'return_type', 'body'].map(text), [row], STATEMENT_TYPE.select);
};
