import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { fragment, sql, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { accountNames, objectNames, type Deployment, type PipelineParts } from '../deployment.ts';

/** What the trigger tells AWS through: a notification integration, or an external function behind an API integration. */
export const notifier = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  const { inbound, callIn, trigger } = accountNames(to);
  const use = (what: Fragment): Statement => sql('grant-notifier')`grant usage on ${what} to role ${name(trigger)}`;
  if (!to.callIn)
    return [
      sql('create-notification-integration')`
        create notification integration if not exists ${name(inbound)}
          enabled = true type = queue direction = outbound notification_provider = aws_sns
          aws_sns_topic_arn = ${literal(to.inboundTopicArn)} aws_sns_role_arn = ${literal(to.inboundRoleArn)}
      `,
      use(fragment`integration ${name(inbound)}`),
    ];
  const { url, prefix, roleArn } = to.callIn;
  return [
    sql('create-api-integration')`
      create api integration if not exists ${name(callIn)}
        api_provider = aws_api_gateway api_aws_role_arn = ${literal(roleArn)} api_allowed_prefixes = (${literal(prefix)}) enabled = true
    `,
    // One row a request: the API's answer can't count them. Plain: it reads what it is sent as it is, and Snowflake would zip it.
    sql('create-notify-function')`
      create or replace external function ${ident(objectNames(to, parts).notify)}(EVENT variant) returns variant
        api_integration = ${name(callIn)} max_batch_rows = 1 compression = none as ${literal(url)}
    `,
    use(fragment`integration ${name(callIn)}`),
    use(fragment`function ${ident(objectNames(to, parts).notify)}(variant)`),
  ];
};

/** The statement of the trigger's procedure that tells AWS the text in its variable MESSAGE. */
export const tell = (to: Deployment, parts: PipelineParts): Fragment =>
  to.callIn
    ? fragment`select ${ident(objectNames(to, parts).notify)}(parse_json(:message))`
    : fragment`call system$send_snowflake_notification(
          snowflake.notification.application_json(:message),
          snowflake.notification.integration(${literal(accountNames(to).inbound)})
        )`;
