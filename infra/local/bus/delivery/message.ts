/** What goes to a queue. */
export interface Message {
  readonly queueArn: string;
  readonly body: string;
  readonly groupId?: string;
  readonly attributes?: Readonly<Record<string, { readonly type: 'String' | 'Number'; readonly value: string }>>;
}

/** Hands a message to its queue; resolves once the queue has it, rejects when it may not. */
export type Deliver = (message: Message) => Promise<void>;

/** Why a delivery failed, in EventBridge's words; a permanent failure fails again however often it is tried. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
  readonly code: string;
  readonly permanent: boolean;

  constructor(code: string, message: string, permanent: boolean) {
    super(message);
    this.code = code;
    this.permanent = permanent;
  }
}
