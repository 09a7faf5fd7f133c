import type { Stage } from '../../../shared/topology.ts';
import { name } from '../../../shared/sql/identifier.ts';
import { toText } from '../cells.ts';
import type { Session } from '../session.ts';

const ASKED: readonly (readonly [integration: string, parameter: string, user: string, id: string])[] = [
  ['INBOUND', 'notifier', 'SF_AWS_IAM_USER_ARN', 'SF_AWS_EXTERNAL_ID'],
  ['LANDING', 'reader', 'STORAGE_AWS_IAM_USER_ARN', 'STORAGE_AWS_EXTERNAL_ID'],
  ['CALL_IN', 'caller', 'API_AWS_IAM_USER_ARN', 'API_AWS_EXTERNAL_ID'],
];

/** What the AWS side has to trust, as the integrations tell it: to be put into the platform's parameters. */
export const trustLines = async (session: Session, stage: Stage, firn: string): Promise<readonly string[]> => {
  const lines = ['', 'Put into shared/constructs/parameters.ts what AWS is to trust:'];
  const there = new Set((await session.rows({ text: 'show integrations' })).map((it) => toText(it['name'] ?? null)));
  for (const [integration, parameter, user, id] of ASKED) {
    const full = `FIRN_${stage.toUpperCase()}_${integration}`;
    // Claims are told by one of two: a stage has the integration of that one.
    if (!there.has(full)) continue;
    const rows = await session.rows({ text: `desc integration ${name(full).text}` });
    const value = (property: string): string =>
      toText(rows.find((it) => it['property'] === property)?.['property_value'] ?? '');
    lines.push(`  ${parameter}: { iamUserArn: '${value(user)}', externalId: '${value(id)}' },`);
  }
  const pipes = await session.rows({ text: `show pipes in database ${name(`${stage.toUpperCase()}_RAW`).text}` });
  const channel = pipes.map((it) => it['notification_channel'] ?? '').find((it) => it !== '' && it !== null);
  if (channel !== undefined) lines.push(`  pipeQueueArn: '${toText(channel)}',`);
  return [...lines, `Then: ${firn} deploy platform --stage ${stage}`];
};
