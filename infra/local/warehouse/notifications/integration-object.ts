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

/** What an API integration's catalog entry holds. */
export interface ApiDetails {
  readonly category: 'API';
  readonly provider: string;
  readonly roleArn: string;
  readonly apiKey?: string;
  readonly allowed: readonly string[];
  readonly blocked: readonly string[];
  readonly enabled: boolean;
}

/** What an integration's catalog entry holds, by its category; notification integrations need not name theirs. */
export type IntegrationDetails = NotificationDetails | StorageDetails | ApiDetails;

/** An integration's category, as SHOW names it. */
export const categoryOf = ({ category = 'NOTIFICATION' }: Pick<IntegrationDetails, 'category'>): string => category;

/** Whether an external function of this address may use the integration. */
export const isAllowed = ({ allowed, blocked }: ApiDetails, url: string): boolean =>
  allowed.some((prefix) => url.startsWith(prefix)) && !blocked.some((prefix) => url.startsWith(prefix));
