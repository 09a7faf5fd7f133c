import type { ExtractColumn, ExtractPipeline } from '../../../services/extract/pipelines/definition.ts';
import { Refusal } from '../refusal.ts';
import { choices, type Choices, type Wishes } from './choices.ts';
import { namer } from './column-names.ts';
import type { JsonObject } from './json-text.ts';
import { proposeType } from './propose-type.ts';
import { reachable, survey, written, type Spot } from './survey.ts';

/** A pipeline as a sample suggests it. */
export interface Proposal extends Choices {
  readonly pipeline: string;
  readonly schema: string;
  /** The target, in the analysts' schema. */
  readonly table: string;
  readonly columns: readonly ExtractColumn[];
  readonly key: string;
  readonly date: string;
  /** Whether each document of the sample has rows: then one without is held back. */
  readonly alwaysHasRows: boolean;
  /** What of the sample becomes no column, and why. */
  readonly leftOut: readonly string[];
}

/** Proposes a pipeline for documents like these; refuses what no pipeline could be made of, by name. */
export const propose = (pipeline: string, documents: readonly JsonObject[], wishes: Wishes): Proposal => {
  const spots = survey(documents);
  const chosen = choices(spots, documents.length, wishes);
  const lists = chosen.explode ? spots.get(JSON.stringify(chosen.explode))!.lists : [];
  const name = namer();
  const known: ExtractColumn[] = [];
  const leftOut: string[] = [];
  const column = (spot: Spot, from: ExtractColumn['from'], prefix: string, where: string): void => {
    const reason = unusable(spot);
    if (reason === undefined) {
      const called = name(spot.path, prefix);
      const isKey = where === '' && spot.path === chosen.keyPath;
      const isDate = where === '' && spot.path === chosen.datePath;
      const type = isKey ? 'VARCHAR' : isDate ? 'TIMESTAMP_NTZ' : proposeType(called, spot.values);
      known.push({ name: called, from, type });
    } else if (reason !== '') leftOut.push(`${where}${written(spot.path)} (${reason})`);
  };
  const rowsAt = JSON.stringify(chosen.explode);
  for (const spot of reachable(spots))
    if (JSON.stringify(spot.path) !== rowsAt) column(spot, { document: spot.path }, pipeline, '');
  if (chosen.explode) {
    known.push({ name: 'LINE_NUMBER', from: { position: true }, type: 'NUMBER(10,0)' });
    const singular = chosen.explode.at(-1)!.replace(/ies$/, 'y').replace(/s$/, '');
    for (const spot of reachable(survey(lists.flat())))
      column(spot, { element: spot.path }, singular, `${written(chosen.explode)}[].`);
  }
  const nameOf = (path: Spot['path']): string =>
    known.find((it) => 'document' in it.from && it.from.document === path)!.name;
  const upper = pipeline.toUpperCase();
  return {
    ...chosen,
    pipeline,
    schema: wishes.schema ?? upper,
    table: wishes.table ?? `STG_${upper}`,
    columns: known,
    key: nameOf(chosen.keyPath),
    date: nameOf(chosen.datePath),
    alwaysHasRows: lists.length === documents.length && lists.every((it) => it.length > 0),
    leftOut,
  };
};

/** Why a spot becomes no column; '' for an object, which is there for what it holds. */
const unusable = ({ values, objects, lists, otherLists }: Spot): string | undefined => {
  const isList = lists.length + otherLists > 0;
  if (values.length === 0) return isList ? 'a list' : objects > 0 ? '' : 'always null';
  return isList || objects > 0 ? 'now a value, now an object or a list' : undefined;
};

/** The definition that extract holds. */
export const extractPart = ({ pipeline, schema, explode, key, columns, version }: Proposal): ExtractPipeline => ({
  pipeline,
  schema,
  ...(explode && { explode }),
  key,
  columns,
  ...(version && { version: { document: version, type: 'TIMESTAMP_NTZ' } }),
});

const NAME = /^[A-Z][A-Z0-9_]{0,60}$/;

/** Refuses names that could be no pipeline's, schema's or table's. */
export const checkNames = (pipeline: string, { schema, table }: Wishes): void => {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(pipeline))
    throw new Refusal(`${pipeline} is no pipeline's name: small letters, digits and _, at most 40, a letter first`);
  for (const [flag, given] of [['--schema', schema] as const, ['--table', table] as const])
    if (given !== undefined && !NAME.test(given))
      throw new Refusal(`${flag} ${given}: a name is of capitals, digits and _, a letter first`);
};
