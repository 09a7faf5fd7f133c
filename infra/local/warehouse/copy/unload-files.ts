/** A file that COPY INTO a location writes, before it is compressed. */
export interface UnloadFile {
  readonly key: string;
  readonly content: Buffer;
  readonly rows: number;
}

/** How the files of an unloading are called and cut. */
export interface Naming {
  /** The path in the stage, as written. */
  readonly prefix: string;
  readonly extension: string;
  /** The statement's id, where names tell it. */
  readonly queryId: string | undefined;
  /** Whether all rows go into one file, called by its path alone. */
  readonly single: boolean;
  readonly mostBytes: number;
}

/** A row's line, and the path of the partition that it belongs to: null where the expression gives NULL, undefined where there are none. */
export interface UnloadLine {
  readonly text: string;
  readonly partition: string | null | undefined;
}

/** The files that lines make: each begun by the header and no longer than it may be, those of each partition in a path of its own. */
export const unloadFiles = (lines: readonly UnloadLine[], header: readonly string[], naming: Naming): UnloadFile[] => {
  const partitions = Map.groupBy(lines, ({ partition }) => partition);
  return [...partitions].flatMap(([partition, own]) => {
    const prefix = partition === undefined ? naming.prefix : `${folder(naming.prefix)}${partition ?? '__NULL__'}/`;
    return cut(own, naming).map((texts, i) => ({
      key: naming.single && !isFolder(prefix) ? prefix : keyOf(prefix, i, naming),
      content: Buffer.from([...header, ...texts].join('')),
      rows: texts.length,
    }));
  });
};

const cut = (lines: readonly UnloadLine[], { single, mostBytes }: Naming): string[][] => {
  const files: string[][] = [];
  let size = 0;
  for (const { text } of lines) {
    const bytes = Buffer.byteLength(text);
    if (files.length === 0 || (!single && size + bytes > mostBytes)) {
      files.push([]);
      size = 0;
    }
    files.at(-1)!.push(text);
    size += bytes;
  }
  return files;
};

const isFolder = (prefix: string): boolean => /(^|\/)$/.test(prefix);

const folder = (prefix: string): string => (isFolder(prefix) ? prefix : `${prefix}/`);

/** `data_0_0_0.csv.gz` in a folder, `data_<id>_0_0_0.csv.gz` where names tell the statement. */
const keyOf = (prefix: string, number: number, { extension, queryId }: Omit<Naming, 'prefix'>): string => {
  const name = isFolder(prefix) ? `${prefix}data_` : prefix.endsWith('_') ? prefix : `${prefix}_`;
  return `${name}${queryId === undefined ? '' : `${queryId}_`}0_${number}_0${extension}`;
};
