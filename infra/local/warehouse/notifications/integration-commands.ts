import { notThere, unsupported } from '../catalog/errors.ts';
import { alterObject } from '../catalog/lifecycle.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command } from '../session/command.ts';
import { status, STATEMENT_TYPE, table, text, timestamp } from '../session/outcome.ts';
import { categoryOf, type ApiDetails, type IntegrationDetails } from './integration-object.ts';
import { described } from './described-integration.ts';

const SHOWN = [text('name'), text('type'), text('category'), text('enabled'), text('comment'), timestamp('created_on')];
const DESCRIBED = [text('property'), text('property_type'), text('property_value'), text('property_default')];
const WORDS = ['INTEGRATION', 'NOTIFICATION INTEGRATION', 'STORAGE INTEGRATION', 'API INTEGRATION'] as const;
const TYPES: Readonly<Record<string, string>> = {
  NOTIFICATION: 'QUEUE - AWS_SNS',
  STORAGE: 'EXTERNAL_STAGE',
  API: 'EXTERNAL_API',
};

const detailsOf = ({ details }: Pick<CatalogObject, 'details'>): IntegrationDetails => details as IntegrationDetails;

/** Whether `STORAGE INTEGRATION` and the like mean this one. */
const isMeant = (words: string, details: IntegrationDetails): boolean =>
  words === 'INTEGRATION' || words === `${categoryOf(details)} INTEGRATION`;

/** ALTER, SHOW and DESCRIBE of integrations of every category. */
export const integrationCommands: readonly Command[] = WORDS.flatMap((words) => [
  showCommand({
    words: `${words}S`,
    kinds: ['INTEGRATION'],
    global: true,
    columns: SHOWN,
    only: (object) => isMeant(words, detailsOf(object)),
    row: ({ path, comment, createdOn, details }) => {
      const category = categoryOf(detailsOf({ details }));
      const { enabled } = detailsOf({ details });
      return [path[0], TYPES[category], category, String(enabled), comment || null, new Date(createdOn)];
    },
  }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} ${words}`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, ...words.split(' '));
      const integration = context.warehouse.catalog.find('INTEGRATION', cursor.name());
      cursor.finish();
      if (integration === undefined || !context.session.access.visible(integration)) throw notThere();
      if (!isMeant(words, detailsOf(integration))) throw notThere();
      return table(DESCRIBED, described(detailsOf(integration), integration.comment), STATEMENT_TYPE.select);
    }),
  ),
  command(`ALTER ${words}`, async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', ...words.split(' '));
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    cursor.expect('SET');
    const { ENABLED, COMMENT, ...others } = parseProperties(cursor);
    cursor.finish();
    const found = context.warehouse.catalog.find('INTEGRATION', path);
    if (found === undefined && ifExists) return status('Statement executed successfully.');
    if (found !== undefined && !isMeant(words, detailsOf(found))) throw notThere();
    return alterObject<IntegrationDetails>(context, 'INTEGRATION', path, async (integration) => ({
      ...integration,
      comment: propertyText(COMMENT, integration.comment),
      details: {
        ...altered(integration.details, others),
        enabled: ENABLED === undefined ? integration.details.enabled : ENABLED === true,
      },
    }));
  }),
]);

const altered = (details: IntegrationDetails, properties: ReturnType<typeof parseProperties>): IntegrationDetails => {
  let next = details;
  for (const [name, value] of Object.entries(properties)) {
    const list = Array.isArray(value) ? value.map((it) => propertyText(it)) : [propertyText(value)];
    if (next.category === 'API') next = alteredApi(next, name, list);
    else if (next.category === 'STORAGE' && name === 'STORAGE_AWS_ROLE_ARN')
      next = { ...next, roleArn: propertyText(value) };
    else if (next.category === 'STORAGE' && name === 'STORAGE_ALLOWED_LOCATIONS') next = { ...next, allowed: list };
    else if (next.category === 'STORAGE' && name === 'STORAGE_BLOCKED_LOCATIONS') next = { ...next, blocked: list };
    else if (next.category !== 'STORAGE' && name === 'AWS_SNS_TOPIC_ARN')
      next = { ...next, topicArn: propertyText(value) };
    else if (next.category !== 'STORAGE' && name === 'AWS_SNS_ROLE_ARN')
      next = { ...next, roleArn: propertyText(value) };
    else throw unsupported(`ALTER INTEGRATION SET ${name}`);
  }
  return next;
};

const alteredApi = (details: ApiDetails, name: string, list: readonly string[]): ApiDetails => {
  if (name === 'API_ALLOWED_PREFIXES') return { ...details, allowed: list };
  if (name === 'API_BLOCKED_PREFIXES') return { ...details, blocked: list };
  if (name === 'API_AWS_ROLE_ARN') return { ...details, roleArn: list[0]! };
  if (name === 'API_KEY') return { ...details, apiKey: list[0]! };
  throw unsupported(`ALTER API INTEGRATION SET ${name}`);
};
