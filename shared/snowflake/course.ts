/** How far earlier invocations got with a message, and until when this one may go on. */
export interface Course {
  /** Query ids of long statements that were submitted for this message, by the statement's name; `follow` adds to them. */
  readonly submitted: Map<string, string>;
  /** In milliseconds since 1970; Infinity where nobody ends us. */
  readonly deadline: number;
}

/** The course of work that nothing has been done of, and that nobody ends: a laptop's single step, or a test. */
export const unhurried = (): Course => ({ submitted: new Map(), deadline: Infinity });

/** Runs a part of the work on a course of its own, so that statements of one name in several parts are told apart. */
export const partOf = async <T>(
  { submitted, deadline }: Course,
  part: string,
  work: (course: Course) => Promise<T>,
): Promise<T> => {
  const prefix = `${part} `;
  const mine = [...submitted].filter(([name]) => name.startsWith(prefix));
  const own = new Map(mine.map(([name, queryId]) => [name.slice(prefix.length), queryId]));
  try {
    return await work({ submitted: own, deadline });
  } finally {
    for (const [name] of mine) submitted.delete(name);
    for (const [name, queryId] of own) submitted.set(prefix + name, queryId);
  }
};

/** No failure: the statement goes on in the warehouse while the function, whose time is dear, does not wait for it. */
export class StillRunning extends Error {
  readonly statement: string;

  constructor(statement: string) {
    super(`${statement} is still running`);
    this.name = 'StillRunning';
    this.statement = statement;
  }
}
