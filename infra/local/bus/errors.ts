/** An error of the service, as the SDK names it. */
export type BusErrorType =
  | 'IllegalStatusException'
  | 'InvalidEventPatternException'
  | 'LimitExceededException'
  | 'ResourceAlreadyExistsException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** A call is refused: the client sees an exception of that type. */
export class BusError extends Error {
  override readonly name = 'BusError';
  readonly type: BusErrorType;

  constructor(type: BusErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** Refuses a call for its parameters. */
export const invalid = (message: string): never => {
  throw new BusError('ValidationException', message);
};

/** Refuses a call for what it names and isn't there. */
export const notFound = (message: string): never => {
  throw new BusError('ResourceNotFoundException', message);
};

/** Refuses a call for a quota. */
export const overLimit = (): never => {
  throw new BusError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
};
