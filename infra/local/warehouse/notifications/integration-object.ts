/** What a notification integration's catalog entry holds. */
export interface NotificationDetails {
  readonly category?: 'NOTIFICATION';
  readonly topicArn: string;
  readonly roleArn?: string;
  readonly enabled: boolean;
}

/** What a storage integration's catalog entry holds. */
export interface StorageDetails {
  readonly category: 'STORAGE';
  readonly roleArn: string;
  readonly allowed: readonly string[];
  readonly blocked: readonly string[];
  readonly enabled: boolean;
}

/** What an integration's catalog entry holds, by its category; notification integrations need not name theirs. */
export type IntegrationDetails = NotificationDetails | StorageDetails;

/** An integration's category, as SHOW names it. */
export const categoryOf = ({ category = 'NOTIFICATION' }: Pick<IntegrationDetails, 'category'>): string => category;
