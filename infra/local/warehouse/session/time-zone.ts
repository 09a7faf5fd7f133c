/** Names that were asked before: making a format of a zone takes a millisecond, and each session asks for its own. */
const KNOWN = new Set<string>();

/** Whether this names a time zone, such as UTC or Europe/Warsaw. */
export const isTimeZone = (name: string): boolean => {
  if (KNOWN.has(name)) return true;
  try {
    void new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  KNOWN.add(name);
  return true;
};
