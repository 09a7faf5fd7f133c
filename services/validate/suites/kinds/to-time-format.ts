const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: 'YYYY',
  y: 'YY',
  m: 'MM',
  d: 'DD',
  H: 'HH24',
  I: 'HH12',
  M: 'MI',
  S: 'SS',
  f: 'FF6',
  p: 'AM',
  b: 'MON',
  B: 'MMMM',
  a: 'DY',
  z: 'TZHTZM',
  '%': '%',
};

/**
 * A strftime format in Snowflake's spelling; throws where Snowflake has no such element.
 * @example toTimeFormat('%d.%m.%Y') // 'DD.MM.YYYY'
 */
export const toTimeFormat = (strftime: string): string =>
  strftime.replace(/%(.?)|([A-Za-z"]+)/gs, (_, directive: string | undefined, letters: string | undefined) => {
    if (letters !== undefined) return `"${letters.replaceAll('"', '""')}"`;
    const element = DIRECTIVES[directive ?? ''];
    if (element === undefined) throw new RangeError(`Snowflake has nothing like %${directive}`);
    return element;
  });
