import { notFound } from '../catalog/errors.ts';
import { findObject } from '../catalog/own-objects.ts';
import { qualify } from '../catalog/names.ts';
import type { Session } from '../session/session.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { fileFormatOf, type FileFormat } from './file-format.ts';
import type { Options } from './format-options.ts';
import { text } from './option-text.ts';
import type { FileFormatObject } from './stage-object.ts';

/** The format that `FILE_FORMAT = ( ... )` stands for: a named one, or options in place. */
export const resolveFormat = (session: Session, given: Options): FileFormat => {
  const { FORMAT_NAME: name, ...inPlace } = given;
  return fileFormatOf(
    name === undefined ? inPlace : { ...findFormat(session, text(name)).details.options, ...inPlace },
  );
};

/** The named format, which may be written with quotes and dots. */
export const findFormat = (session: Session, written: string): FileFormatObject => {
  const cursor = new Cursor(tokenize(written));
  const path = qualify(cursor.name(), session);
  cursor.finish();
  const format = findObject(session, 'FILE FORMAT', path);
  if (format === undefined || !session.access.visible(format)) throw notFound('FILE FORMAT', path);
  session.access.require('USAGE', format);
  return format as FileFormatObject;
};
