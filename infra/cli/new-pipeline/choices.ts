import { Refusal } from '../refusal.ts';
import { Numeral } from './json-text.ts';
import { hasOffset, isTime } from './propose-type.ts';
import { reachable, written, type Path, type Spot } from './survey.ts';

/** What whoever starts a pipeline has decided already; the sample decides the rest. */
export interface Wishes {
  readonly key?: string;
  readonly rows?: string;
  readonly date?: string;
  readonly version?: string;
  readonly schema?: string;
  readonly table?: string;
}

/** Where a document has what every pipeline needs to know of it. */
export interface Choices {
  readonly keyPath: Path;
  readonly datePath: Path;
  /** The list whose elements become rows; none where a document is one row. */
  readonly explode?: Path;
  /** The time of a document's last change; none where load time has to decide. */
  readonly version?: Path;
}

const KEYS = [
  /^order_?(number|no|code)$/i,
  /^code$/i,
  /^id$/i,
  /^(number|guid|uuid)$/i,
  /(_id|Id|_number|Number|_code|Code)$/,
];
const DATES = [/^(order_?)?date$/i, /^created(_?at)?$/i, /^placed(_?at)?$/i, /date$/i, /./];
const CHANGES = /^(updated|modified|changed|last_?modified)(_?(at|on|time|date))?$/i;
const ROWS = [
  /^(line_?items|entries|items|products|order_?lines|lines|positions|rows)$/i,
  /(items|entries|lines|products)$/i,
  /./,
];
const NONE = 'none';

/** Chooses key, date, rows and version where nobody has; refuses by name what the sample doesn't bear out. */
export const choices = (spots: ReadonlyMap<string, Spot>, documents: number, wishes: Wishes): Choices => {
  const all = reachable(spots);
  const explode = wishes.rows === NONE ? undefined : (asked(all, wishes.rows, '--rows', isRows) ?? rowsOf(all))?.path;
  const full = all.filter((it) => it.values.length === documents);
  const keyPath = asked(full, wishes.key, '--key', isName) ?? first(KEYS, full.filter(isDistinct));
  if (!keyPath) throw new Refusal(`nothing in the sample names a document: say where with --key (${list(full)})`);
  const times = all.filter((it) => it.values.length > 0 && it.values.every(isTime) && it.objects === 0);
  const datePath =
    asked(times, wishes.date, '--date', () => true) ??
    first(
      DATES,
      full.filter((it) => times.includes(it)),
    );
  if (!datePath) throw new Refusal('nothing in the sample is a date, which backfills go by: say where with --date');
  const changes = times.filter(
    (it) => CHANGES.test(it.path.at(-1)!) && it.path.length === 1 && !it.values.some(hasOffset),
  );
  const version =
    wishes.version === NONE ? undefined : (asked(times, wishes.version, '--version', () => true) ?? changes[0])?.path;
  return { keyPath: keyPath.path, datePath: datePath.path, ...(explode && { explode }), ...(version && { version }) };
};

const isName = (it: Spot): boolean => it.values.every((value) => typeof value === 'string' || value instanceof Numeral);
const isRows = (it: Spot): boolean =>
  it.lists.some((list) => list.length > 0) && it.otherLists + it.objects + it.values.length === 0;
const isDistinct = (it: Spot): boolean =>
  isName(it) &&
  it.path.length === 1 &&
  new Set(it.values.map((value) => (value instanceof Numeral ? value.text : value))).size === it.values.length;

const asked = (
  spots: readonly Spot[],
  wish: string | undefined,
  flag: string,
  fits: (it: Spot) => boolean,
): Spot | undefined => {
  if (wish === undefined) return undefined;
  const found = spots.find((it) => written(it.path) === wish && fits(it));
  if (!found)
    throw new Refusal(
      `${flag} ${wish}: no such thing in the sample that would do (there is ${list(spots.filter(fits))})`,
    );
  return found;
};

const first = (patterns: readonly RegExp[], spots: readonly Spot[]): Spot | undefined => {
  for (const pattern of patterns) {
    const found = spots.find((it) => pattern.test(it.path.at(-1)!));
    if (found) return found;
  }
  return undefined;
};

/** The list that looks most like the lines of a document: by its name first, then by how many elements it has. */
const rowsOf = (spots: readonly Spot[]): Spot | undefined => {
  const size = (it: Spot): number => it.lists.reduce((sum, found) => sum + found.length, 0);
  return first(
    ROWS,
    spots.filter(isRows).sort((a, b) => a.path.length - b.path.length || size(b) - size(a)),
  );
};

const list = (spots: readonly Spot[]): string =>
  spots
    .map((it) => written(it.path))
    .slice(0, 12)
    .join(', ') || 'nothing';
