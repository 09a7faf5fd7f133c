import type { Catalog, CatalogChange } from '../catalog/catalog.ts';
import type { CatalogObject, DeclaredColumn } from '../catalog/object.ts';
import type { Warehouse } from '../warehouse.ts';

/** What a tag's catalog entry holds; without allowed values every text is one. */
export interface TagDetails {
  readonly allowed?: readonly string[];
}

export type TagObject = CatalogObject<TagDetails> & { readonly kind: 'TAG' };

/** That an object has a tag; columns remember their own. */
interface TagReference {
  readonly tag: number;
  readonly object: number;
  readonly value: string;
}

/** A tag's value on an object, and the object that it comes from. */
export interface Tagged {
  readonly tag: TagObject;
  readonly value: string;
  readonly from: CatalogObject | 'COLUMN';
}

/** No database has an empty name, so that no schema contains it. */
const pathOf = (object: number, tag: number): string[] => ['', 'tag', String(object), String(tag)];

const referencesOf = (catalog: Catalog, object: number): CatalogObject<TagReference>[] =>
  (catalog.list('TAG REFERENCE', ['', 'tag', String(object)]) as CatalogObject<TagReference>[]).filter(
    ({ details }) => catalog.byId(details.tag) !== undefined,
  );

/** Gives an object a tag with a value, or takes the tag away. */
export const putTag = async (
  { catalog, space, clock }: Pick<Warehouse, 'catalog' | 'space' | 'clock'>,
  change: CatalogChange,
  object: number,
  tag: number,
  value: string | undefined,
): Promise<void> => {
  const path = pathOf(object, tag);
  const old = catalog.find('TAG REFERENCE', path);
  if (value === undefined) {
    if (old !== undefined) await change.remove(old);
    return;
  }
  await change.put(reference(old?.id ?? (await space.numbers.take()), { tag, object, value }, clock()));
};

const reference = (id: number, details: TagReference, at: Date): CatalogObject<TagReference> => ({
  id,
  kind: 'TAG REFERENCE',
  path: pathOf(details.object, details.tag),
  owner: '',
  comment: '',
  createdOn: at.toISOString(),
  details,
});

/** What gives copies of objects, by the originals' ids, the tags of the originals; of tags that were copied too, the copies. */
export const tagCopies = async (
  { catalog, space, clock }: Pick<Warehouse, 'catalog' | 'space' | 'clock'>,
  copies: ReadonlyMap<number, number>,
): Promise<CatalogObject[]> => {
  const made: CatalogObject[] = [];
  for (const [original, object] of copies)
    for (const { details } of referencesOf(catalog, original)) {
      const tag = copies.get(details.tag) ?? details.tag;
      made.push(reference(await space.numbers.take(), { ...details, tag, object }, clock()));
    }
  return made;
};

/** The tags of an object, or of one of its columns: its own, and those that it inherits from its table, schema and database. */
export const tagsOf = (catalog: Catalog, object: CatalogObject, column?: DeclaredColumn): Tagged[] => {
  const found = new Map<number, Tagged>();
  const add = (tag: number, value: string, from: Tagged['from']): void => {
    const known = catalog.byId(tag) as TagObject | undefined;
    if (known !== undefined && !found.has(tag)) found.set(tag, { tag: known, value, from });
  };
  for (const [tag, value] of Object.entries(column?.tags ?? {})) add(Number(tag), value, 'COLUMN');
  const around = [
    object,
    ...(object.path.length === 3 ? [catalog.find('SCHEMA', object.path.slice(0, 2))] : []),
    ...(object.path.length > 1 ? [catalog.find('DATABASE', object.path.slice(0, 1))] : []),
  ];
  for (const from of around)
    for (const { details } of from === undefined ? [] : referencesOf(catalog, from.id))
      add(details.tag, details.value, from!);
  return [...found.values()];
};
