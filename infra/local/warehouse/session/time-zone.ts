/** What was asked before: making a format of a zone takes a millisecond, and each session asks for its own. */
const KNOWN = new Map<string, boolean>();

/** Whether this names a time zone, such as UTC or Europe/Warsaw. */
export const isTimeZone = (name: string): boolean => {
  const known = KNOWN.get(name) ?? isKnown(name);
  KNOWN.set(name, known);
  return known;
};

const isKnown = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
