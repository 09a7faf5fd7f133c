import { notThere, unsupported } from '../catalog/errors.ts';
import { alterObject } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command } from '../session/command.ts';
import { status, STATEMENT_TYPE, table, text, timestamp } from '../session/outcome.ts';
import type { IntegrationDetails } from './integration-object.ts';

const SHOWN = [text('name'), text('type'), text('category'), text('enabled'), text('comment'), timestamp('created_on')];
const DESCRIBED = [text('property'), text('property_type'), text('property_value'), text('property_default')];
const WORDS = ['INTEGRATION', 'NOTIFICATION INTEGRATION'] as const;

/** ALTER, SHOW and DESCRIBE of notification integrations. */
export const integrationCommands: readonly Command[] = WORDS.flatMap((words) => [
  showCommand({
    words: `${words}S`,
    kinds: ['INTEGRATION'],
    global: true,
    columns: SHOWN,
    row: ({ path, comment, createdOn, details }) => [
      path[0],
      'QUEUE - AWS_SNS',
      'NOTIFICATION',
      String((details as IntegrationDetails).enabled),
      comment || null,
      new Date(createdOn),
    ],
  }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} ${words}`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, ...words.split(' '));
      const integration = context.warehouse.catalog.find('INTEGRATION', cursor.name());
      cursor.finish();
      if (integration === undefined || !context.session.access.visible(integration)) throw notThere();
      const { enabled, topicArn, roleArn } = integration.details as IntegrationDetails;
      const rows = [
        ['ENABLED', 'Boolean', String(enabled), 'false'],
        ['NOTIFICATION_PROVIDER', 'String', 'AWS_SNS', ''],
        ['DIRECTION', 'String', 'OUTBOUND', 'INBOUND'],
        ['AWS_SNS_TOPIC_ARN', 'String', topicArn, ''],
        ['AWS_SNS_ROLE_ARN', 'String', roleArn ?? '', ''],
        ['COMMENT', 'String', integration.comment, ''],
      ];
      return table(DESCRIBED, rows, STATEMENT_TYPE.select);
    }),
  ),
  command(`ALTER ${words}`, async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', ...words.split(' '));
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    cursor.expect('SET');
    const { ENABLED, COMMENT, AWS_SNS_TOPIC_ARN, AWS_SNS_ROLE_ARN, ...others } = parseProperties(cursor);
    cursor.finish();
    const [other] = Object.keys(others);
    if (other !== undefined) throw unsupported(`ALTER INTEGRATION SET ${other}`);
    if (ifExists && context.warehouse.catalog.find('INTEGRATION', path) === undefined)
      return status('Statement executed successfully.');
    return alterObject<IntegrationDetails>(context, 'INTEGRATION', path, async (integration) => ({
      ...integration,
      comment: propertyText(COMMENT, integration.comment),
      details: {
        enabled: ENABLED === undefined ? integration.details.enabled : ENABLED === true,
        topicArn: propertyText(AWS_SNS_TOPIC_ARN, integration.details.topicArn),
        roleArn: propertyText(AWS_SNS_ROLE_ARN, integration.details.roleArn),
      },
    }));
  }),
]);
