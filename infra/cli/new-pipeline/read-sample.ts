import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Refusal } from '../refusal.ts';
import { isObject, readJson, type Json, type JsonObject } from './json-text.ts';

const MOST_DOCUMENTS = 10_000;

/** The documents of sample files: one a line, one a file, a list of them, or what an API wraps around either. */
export const readSample = async (
  paths: readonly string[],
  within: string | undefined,
): Promise<readonly JsonObject[]> => {
  const documents: JsonObject[] = [];
  for (const path of paths) {
    const found = documentsIn(path, await textOf(path), within);
    documents.push(...found.slice(0, MOST_DOCUMENTS - documents.length));
  }
  if (documents.length === 0) throw new Refusal(`${paths.join(', ')}: no documents in it`);
  return documents;
};

const textOf = async (path: string): Promise<string> => {
  try {
    const bytes = await readFile(path);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new Refusal(`${path} can't be read: ${(cause as Error).message}`, { cause });
  }
};

const documentsIn = (path: string, text: string, within: string | undefined): readonly JsonObject[] => {
  const whole = attempt(text);
  if (whole !== undefined) return unwrapped(path, whole, within);
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const value = attempt(line);
    if (value === undefined)
      throw new Refusal(`${path}:${index + 1} is no JSON: a sample is of good documents, one a line or one a file`);
    return unwrapped(`${path}:${index + 1}`, value, within);
  });
};

const attempt = (text: string): Json | undefined => {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
};

const unwrapped = (where: string, value: Json, within: string | undefined): readonly JsonObject[] => {
  const inner = within === undefined ? withoutWrapper(value) : follow(where, value, within);
  const list: readonly (Json | undefined)[] = Array.isArray(inner) ? inner : [inner];
  return list.map((it) => {
    if (!isObject(it)) throw new Refusal(`${where}: holds what is no JSON object, and a document is one`);
    return it;
  });
};

/** APIs answer with one member that is the document, or the list of them. */
const withoutWrapper = (value: Json): Json => {
  const members = isObject(value) ? Object.values(value) : [];
  const only = members.length === 1 ? members[0] : undefined;
  const isList = Array.isArray(only) && only.length > 0 && only.every((it: Json) => isObject(it));
  return isObject(only) || isList ? only : value;
};

const follow = (where: string, value: Json, within: string): Json => {
  let at: Json | undefined = value;
  for (const key of within.split('.')) at = isObject(at) ? at[key] : undefined;
  if (at === undefined) throw new Refusal(`${where} has nothing at ${within} (--documents)`);
  return at;
};
