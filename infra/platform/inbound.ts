import {
  ArnPrincipal,
  AccountRootPrincipal,
  PolicyStatement,
  Role,
  ServicePrincipal,
  type IGrantable,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { SnowflakePrincipal, StageParameters } from '../../shared/constructs/parameters.ts';
import { snowflakeTrustRole } from '../../shared/names.ts';
import { inboundTopicName, type Stage } from '../../shared/topology.ts';

/**
 * A role that Snowflake assumes with its external id. Before the integration has said who it is, nobody but this account's own
 * administrators can assume it.
 */
export const trusting = (
  scope: Construct,
  stage: Stage,
  does: 'notifier' | 'reader' | 'caller',
  whom: SnowflakePrincipal | undefined,
): Role =>
  new Role(scope, `Snowflake-${does}`, {
    roleName: snowflakeTrustRole(stage, does),
    assumedBy: whom ? new ArnPrincipal(whom.iamUserArn) : new AccountRootPrincipal(),
    ...(whom ? { externalIds: [whom.externalId] } : {}),
  });

/** Lets somebody write to what the key encrypts. */
export const grantEncryption = (key: IKey, who: IGrantable): void => {
  key.grant(who, 'kms:GenerateDataKey', 'kms:Decrypt');
};

/** Lets a role publish to the encrypted topic, and no more than that (the topic's own grant would add wildcards). */
export const grantPublish = ({ topic, key }: Pick<Inbound, 'topic' | 'key'>, role: Role): void => {
  role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
  grantEncryption(key, role);
};

/** The topic that Snowflake's notification integration publishes to; the coordinator's stack subscribes its queue. */
export class Inbound extends Construct {
  readonly topic: Topic;
  readonly notifier: Role;
  readonly key: IKey;

  constructor(scope: Construct, key: IKey, { stage, snowflake }: StageParameters) {
    super(scope, 'Inbound');
    this.key = key;
    this.topic = new Topic(this, 'Topic', {
      topicName: inboundTopicName(stage),
      displayName: `Snowflake speaks to Firn, ${stage}`,
      masterKey: key,
      enforceSSL: true,
    });
    this.notifier = trusting(this, stage, 'notifier', snowflake.notifier);
    grantPublish(this, this.notifier);
    grantEncryption(key, new ServicePrincipal('sns.amazonaws.com'));
  }
}
