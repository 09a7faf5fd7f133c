import type { Relation } from '../contract.ts';
import { SnowflakeError } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { translate } from '../translation/translate.ts';
import { inside } from './inside.ts';
import type { StatementNames } from './names.ts';
import type { NameScope } from './name-scope.ts';
import type { ViewObject } from './object.ts';
import { named } from './table-relation.ts';

/** A view as something to select from: its query, understood in its own schema, with its owner's rights. */
export const viewRelation = (
  view: ViewObject,
  around: NameScope,
  namesIn: (scope: NameScope) => StatementNames,
): { readonly relation: Relation; readonly names: StatementNames } => {
  // A temporary view may read temporary tables, another one sees none of them.
  const isOwn = around.temporary(view.path)?.id === view.id;
  const names = namesIn({
    ...inside(view, around),
    ...(isOwn && { temporary: (path: readonly string[]) => around.temporary(path) }),
  });
  const { statements } = translate(view.details.query, names);
  const columns = view.details.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return {
    names,
    relation: {
      ...named(view),
      kind: 'view',
      read: `(SELECT * FROM (${statements.at(-1)}) AS "view"(${columns}))`,
      columns: view.details.columns,
    },
  };
};

/** The error of a view that is met inside of itself. */
export const refersToItself = (view: ViewObject): SnowflakeError =>
  new SnowflakeError(
    '002057',
    '42601',
    `SQL compilation error:\nView definition for '${view.path.join('.')}' refers to itself.`,
  );
