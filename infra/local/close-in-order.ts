/** Something started, and how it is stopped. */
export interface Closer {
  readonly name: string;
  readonly close: () => Promise<unknown>;
}

const PATIENCE_SECONDS = 15;

/**
 * Stops parts one after another, the last started first. One that doesn't stop in time is named and left behind, since everything on disk
 * bears being killed: a stack that hangs for good does not.
 */
export const closeInOrder = async (
  closers: readonly Closer[],
  {
    patienceSeconds = PATIENCE_SECONDS,
    warn = (text: string): void => process.emitWarning(text),
  }: { readonly patienceSeconds?: number; readonly warn?: (text: string) => void } = {},
): Promise<void> => {
  for (const { name, close } of closers.toReversed()) {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), patienceSeconds * 1000);
    const ended = await Promise.race([close(), late.promise]).finally(() => clearTimeout(timer));
    if (ended === 'late') warn(`${name} did not stop within ${patienceSeconds} s and is left behind`);
  }
};
