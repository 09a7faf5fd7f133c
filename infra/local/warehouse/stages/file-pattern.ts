import { invalid } from '../catalog/errors.ts';

/** PATTERN of LIST and COPY: a regular expression that the whole key must match; without one everything does. */
export const filePattern = (pattern: string | undefined): ((key: string) => boolean) => {
  if (pattern === undefined) return () => true;
  try {
    const expression = new RegExp(`^(?:${pattern})$`, 's');
    return (key) => expression.test(key);
  } catch {
    throw invalid(`invalid value [${pattern}] for parameter 'PATTERN'`);
  }
};
