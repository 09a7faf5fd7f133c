import { ident, name } from '../../../shared/sql/identifier.ts';
import type { Effect } from './effect.ts';
import { text, type Ask, type Row } from './row.ts';
import { pipeText, spelled, typeNamed, type Shape } from './shape.ts';

/** What a row of SHOW tells of how an object is made; undefined where it tells nothing that is compared. */
export const shownShape = (kind: string, row: Row): Shape | undefined => {
  switch (kind) {
    case 'STAGE':
      return new Map([
        ['URL', text(row['url'])],
        ['STORAGE_INTEGRATION', text(row['storage_integration'])],
      ]);
    case 'FILE FORMAT':
      return options(text(row['format_options']));
    case 'STREAM':
      return new Map([
        ['table', text(row['table_name']).replaceAll('"', '')],
        ['mode', text(row['mode'])],
      ]);
    case 'PIPE':
      return new Map([['definition', pipeText(text(row['definition']))]]);
    case 'USER':
      return new Map(
        // Who may not look after a user sees neither.
        ['DEFAULT_ROLE', 'DEFAULT_WAREHOUSE']
          .map((it) => [it, text(row[it.toLowerCase()])] as const)
          .filter(([, value]) => value !== ''),
      );
    default:
      return undefined;
  }
};

const options = (json: string): Shape => {
  const found = Object.entries(JSON.parse(json === '' ? '{}' : json) as Record<string, unknown>);
  return new Map(
    found.map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(String).toSorted().join(',') : ofProperty(String(value)),
    ]),
  );
};

// A list is told without brackets, a flag in small letters.
const ofProperty = (value: string): string => (/^(true|false|none|auto)$/i.test(value) ? value.toUpperCase() : value);

/** A column as INFORMATION_SCHEMA tells it, in the spelling of definitions. */
export const columnType = (row: Row): string => {
  const type = text(row['DATA_TYPE']);
  return typeNamed(
    type === 'NUMBER' ? `NUMBER(${text(row['NUMERIC_PRECISION'])},${text(row['NUMERIC_SCALE'])})` : type,
  );
};

/** What has to be described to be known: integrations and external functions; asks only for those that are there. */
export const describedShapes = async (
  ask: Ask,
  effects: readonly Effect[],
  isThere: (key: string) => boolean,
): Promise<ReadonlyMap<string, Shape>> => {
  const shapes = new Map<string, Shape>();
  for (const effect of effects) {
    const key = effect.does === 'create' ? `${effect.kind} ${effect.name}` : '';
    if (effect.does !== 'create' || !isThere(key)) continue;
    if (effect.kind.endsWith(' INTEGRATION')) {
      const rows = await ask(`desc integration ${name(effect.name).text}`);
      shapes.set(key, new Map(rows.map((it) => [text(it['property']), listed(it)])));
    } else if (effect.kind === 'FUNCTION') {
      const rows = await ask(`desc function ${ident(effect.name).text}${effect.takes}`);
      const told = new Map(rows.map((it) => [text(it['property']).toUpperCase(), text(it['value'])]));
      shapes.set(
        key,
        new Map([
          ['URL', told.get('BODY') ?? ''],
          ['API_INTEGRATION', spelled(told.get('API_INTEGRATION') ?? '')],
        ]),
      );
    }
  }
  return shapes;
};

const listed = (row: Row): string => {
  const value = text(row['property_value']);
  return text(row['property_type']) === 'List' ? value.split(',').toSorted().join(',') : ofProperty(value);
};
