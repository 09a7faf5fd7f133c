/** What the work comes to, or undefined when it has come to nothing by then (milliseconds since 1970). */
export const waitUntil = async <T>(work: Promise<T>, then: number, now: () => number): Promise<T | undefined> => {
  if (then === Infinity) return work;
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(then - now(), 0));
  });
  // Nobody hears of it any more if it fails afterwards.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
};
