/** A function whose module never ends loading. */
await new Promise(() => setInterval(() => undefined, 1000));

export const handler = (): undefined => undefined;
