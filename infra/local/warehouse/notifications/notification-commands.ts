import { createHead } from '../catalog/create-head.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { createObject, dropObject } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { command, type Command } from '../session/command.ts';
import { table, text } from '../session/outcome.ts';
import { integrationCommands } from './integration-commands.ts';
import type { IntegrationDetails, NotificationDetails } from './integration-object.ts';
import { createApiIntegration } from './api-integration.ts';
import { createStorageIntegration } from './storage-integration.ts';
import { QUEUE, tellQueued } from './queue.ts';

/** Notification integrations to SNS, and the call that sends through them. */
export const notificationCommands: readonly Command[] = [
  ...integrationCommands,
  createStorageIntegration,
  createApiIntegration,
  command('CREATE NOTIFICATION INTEGRATION', async (context) => {
    const cursor = context.cursor();
    const head = createHead(cursor, 'NOTIFICATION INTEGRATION');
    const properties = parseProperties(cursor);
    cursor.finish();
    if (propertyText(properties['TYPE']).toUpperCase() === 'EMAIL')
      throw unsupported('notification integrations of type EMAIL');
    const provider = propertyText(properties['NOTIFICATION_PROVIDER']).toUpperCase();
    if (provider !== 'AWS_SNS') throw unsupported(`notification provider ${provider || '(none)'}`);
    const topicArn = propertyText(properties['AWS_SNS_TOPIC_ARN']);
    if (topicArn === '') throw invalid("missing parameter 'AWS_SNS_TOPIC_ARN'");
    return createObject<NotificationDetails>(context, {
      ...head,
      kind: 'INTEGRATION',
      path: head.name,
      comment: propertyText(properties['COMMENT']),
      make: async () => ({
        topicArn,
        roleArn: propertyText(properties['AWS_SNS_ROLE_ARN']),
        enabled: properties['ENABLED'] === true,
      }),
    });
  }),
  command('DROP INTEGRATION', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'INTEGRATION');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    cursor.finish();
    return dropObject(context, 'INTEGRATION', path, ifExists);
  }),
  {
    matches: (words, tokens) => words[0] === 'CALL' && tokens[1]?.value === 'SYSTEM$SEND_SNOWFLAKE_NOTIFICATION',
    run: async (context) => {
      const cursor = context.cursor();
      cursor.expect('CALL', 'SYSTEM$SEND_SNOWFLAKE_NOTIFICATION', '(');
      cursor.expect('SNOWFLAKE', '.', 'NOTIFICATION', '.', 'APPLICATION_JSON', '(');
      const from = cursor.peek().start;
      let end = from;
      for (let depth = 0; depth > 0 || !cursor.at(')');) {
        const token = cursor.next();
        if (token.kind === 'end') throw invalid('unterminated call of APPLICATION_JSON');
        if (token.text === '(') depth += 1;
        if (token.text === ')') depth -= 1;
        end = token.start + token.text.length;
      }
      cursor.expect(')', ',', 'SNOWFLAKE', '.', 'NOTIFICATION', '.', 'INTEGRATION', '(');
      const name = cursor.string();
      cursor.expect(')', ')');
      cursor.finish();
      const path = [name.toUpperCase()];
      const integration = context.warehouse.catalog.find('INTEGRATION', path);
      const details = integration?.details as IntegrationDetails | undefined;
      if (details === undefined || !('topicArn' in details)) throw notFound('INTEGRATION', path);
      const { topicArn, enabled } = details;
      if (!enabled) throw invalid(`integration '${name}' is not enabled`);
      const { text: written, tokens } = context.statement;
      const expression = written.slice(from - tokens[0]!.start, end - tokens[0]!.start);
      const body = (await context.execute(`SELECT ${expression}`, context.binds)).rows[0]?.[0] ?? '';
      await context.change({ locks: [], touches: [], writes: [], repeatable: true }, async (run, transaction) => {
        await run(`INSERT INTO ${QUEUE} (topic, body) VALUES ($1, $2)`, [topicArn, body]);
        transaction.afterCommit.push(() => tellQueued(context.warehouse.database));
        return { result: undefined, counts: [1] };
      });
      return table([text('SYSTEM$SEND_SNOWFLAKE_NOTIFICATION')], [['Enqueued notifications.']]);
    },
  },
];
