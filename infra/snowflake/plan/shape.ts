/** What an object is made as, property by property, in a spelling that definitions and accounts share. */
export type Shape = ReadonlyMap<string, string>;

const VALUE = String.raw`'(?:[^']|'')*'|\([^)]*\)|(?:"[^"]+"\.?)+|[\w.]+`;
const PROPERTY = new RegExp(String.raw`(\w+)\s*=\s*(${VALUE})`, 'g');

/** What of each kind is compared; an owner may set the rest as they like, the size of a warehouse first of all. */
const COMPARED: Readonly<Record<string, RegExp>> = {
  STAGE: /^(URL|STORAGE_INTEGRATION)$/,
  'FILE FORMAT': /./,
  'STORAGE INTEGRATION': /^(ENABLED|STORAGE_AWS_ROLE_ARN|STORAGE_ALLOWED_LOCATIONS)$/,
  'NOTIFICATION INTEGRATION': /^(ENABLED|AWS_SNS_TOPIC_ARN|AWS_SNS_ROLE_ARN)$/,
  'API INTEGRATION': /^(ENABLED|API_AWS_ROLE_ARN|API_ALLOWED_PREFIXES)$/,
  USER: /^(DEFAULT_ROLE|DEFAULT_WAREHOUSE)$/,
  FUNCTION: /^API_INTEGRATION$/,
};

/**
 * A value as both sides spell it.
 * @example spelled("('b', 'a')") // 'a,b'
 */
export const spelled = (value: string): string => {
  const text = value.trim();
  if (/^[([]/.test(text))
    return [...text.slice(1, -1).matchAll(/'((?:[^']|'')*)'|"([^"]*)"/g)]
      .map((it) => it[1] ?? it[2] ?? '')
      .toSorted()
      .join(',');
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'").replaceAll('\\n', '\n');
  return /^\w+$/.test(text) ? text.toUpperCase() : text.replaceAll('"', '');
};

/** The settings of a statement, each as it stands there. */
export const settingsIn = (
  text: string,
): readonly { readonly property: string; readonly text: string; readonly value: string }[] =>
  [...text.matchAll(PROPERTY)].map((it) => ({ property: it[1]!.toUpperCase(), text: it[0], value: spelled(it[2]!) }));

/** The statement that a pipe runs, without the accidents of its layout. */
export const pipeText = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * A column's type as INFORMATION_SCHEMA names it; lengths of texts are left out.
 * @example typeNamed('varchar(20) not null') // 'TEXT'
 */
export const typeNamed = (type: string): string => {
  const [, name = '', size] = /^\s*(\w+)\s*(?:\(([^)]*)\))?/.exec(type.toUpperCase()) ?? [];
  if (['VARCHAR', 'TEXT', 'STRING', 'CHAR'].includes(name)) return 'TEXT';
  if (['NUMBER', 'DECIMAL', 'NUMERIC'].includes(name)) return `NUMBER(${(size ?? '38,0').replaceAll(' ', '')})`;
  return name;
};

/** What a statement that creates something says of it, as far as an account can be asked. */
export const shapeOf = (kind: string, text: string): Shape => {
  if (kind === 'TABLE') return columnsOf(text);
  if (kind === 'PIPE') return new Map([['definition', pipeText(text.slice(text.indexOf(' as\n') + 4))]]);
  if (kind === 'STREAM')
    return new Map([
      ['table', / on table ((?:"[^"]+"\.?)+)/.exec(text)?.[1]?.replaceAll('"', '') ?? ''],
      ['mode', /append_only = true/.test(text) ? 'APPEND_ONLY' : 'DEFAULT'],
    ]);
  const compared = COMPARED[kind];
  if (!compared) return new Map();
  const properties = settingsIn(text).flatMap(({ property, value }) =>
    compared.test(property) ? [[property, value] as const] : [],
  );
  const url = kind === 'FUNCTION' ? / as '([^']+)'\s*$/.exec(text)?.[1] : undefined;
  return new Map([...properties, ...(url === undefined ? [] : [['URL', url] as const])]);
};

const columnsOf = (text: string): Shape => {
  const [, list = ''] = /^[^(]*?\((.*)\)\s*$/s.exec(text.trim()) ?? [];
  const columns = list.split(/,(?![^(]*\))/).flatMap((it) => {
    const [, name, type] = /^\s*"?(\w+)"?\s+(.+?)\s*$/s.exec(it) ?? [];
    return name === undefined || type === undefined ? [] : [[`column ${name}`, typeNamed(type)] as const];
  });
  return new Map(columns);
};
