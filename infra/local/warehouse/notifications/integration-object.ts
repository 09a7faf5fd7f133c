/** What a notification integration's catalog entry holds. */
export interface IntegrationDetails {
  readonly topicArn: string;
  readonly roleArn?: string;
  readonly enabled: boolean;
}
