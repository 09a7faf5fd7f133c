import { trusted, type Fragment } from './statement.ts';

/**
 * Tells a raw document `d` from every other, also from its predecessor in a file that was replaced under the same name;
 * sorts as documents were loaded. Every ROW_VERSION ends in it.
 */
export const documentId: Fragment = trusted(
  "to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0')",
);
