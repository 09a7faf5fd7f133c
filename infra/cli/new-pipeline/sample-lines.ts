import { isObject, writeJson, type Json, type JsonObject } from './json-text.ts';
import type { Proposal } from './proposal.ts';

const MOST = 20;

/** A few of the sample's documents as a file of lines, each the only version of what it is about. */
export const sampleLines = (p: Proposal, documents: readonly JsonObject[]): string => {
  const lines = new Map<string, string>();
  for (const document of documents) {
    const key = keyOf(document, p.keyPath);
    if (lines.size < MOST && !lines.has(key)) lines.set(key, writeJson(document));
  }
  return [...lines.values(), ''].join('\n');
};

const keyOf = (document: JsonObject, path: readonly string[]): string => {
  let at: Json | undefined = document;
  for (const step of path) at = isObject(at) ? at[step] : undefined;
  return writeJson(at ?? null);
};
