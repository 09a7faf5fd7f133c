interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** How many resources of each type a template creates, the most frequent first. */
export const resourceCounts = (template: Template): readonly (readonly [type: string, count: number])[] => {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(template.Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
};
