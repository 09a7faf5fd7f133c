import type { NameScope } from './name-scope.ts';
import type { CatalogObject } from './object.ts';

/** What names mean in the text of a view or function: those of its own schema, with its owner's rights. */
export const inside = (
  { path: [database, schema], owner, kind }: Pick<CatalogObject, 'path' | 'owner' | 'kind'>,
  scope: NameScope,
): NameScope => ({
  ...bound(scope),
  ...(kind === 'VIEW' || kind === 'FUNCTION' ? { invoker: owner } : {}),
  database,
  schema,
  temporary: () => undefined,
  temporaries: () => [],
  visible: () => true,
});

const bound = (scope: NameScope): NameScope => ({
  warehouse: scope.warehouse,
  database: scope.database,
  schema: scope.schema,
  user: scope.user,
  sessionId: scope.sessionId,
  queryIds: scope.queryIds,
  temporary: (path) => scope.temporary(path),
  temporaries: () => scope.temporaries(),
  variable: (name) => scope.variable(name),
  staged: () => undefined,
  isChanging: (path) => scope.isChanging(path),
  visible: (object) => scope.visible(object),
  roles: (which) => scope.roles(which),
  ...(scope.invoker !== undefined && { invoker: scope.invoker }),
});
