import { Duration, Stack } from 'aws-cdk-lib';
import { Archive, EventBus, type CfnArchive, type CfnEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../../shared/constructs/acknowledge.ts';
import { busName } from '../../shared/names.ts';
import type { StageParameters } from '../../shared/constructs/parameters.ts';

/** The bus that the services talk over, and the archive that keeps what was said. Schema discovery stays off: contracts are in the repository. */
export class MessageBus extends Construct {
  constructor(scope: Construct, key: IKey, { stage, archiveDays }: StageParameters) {
    super(scope, 'MessageBus');
    const undeliverable = new Queue(this, 'Undeliverable', {
      queueName: `${busName(stage)}-bus-dead-letters`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(undeliverable, 'AwsSolutions::AwsSolutions-SQS3', 'it is the dead-letter queue');
    acknowledge(undeliverable, 'Serverless::Serverless-SQSRedrivePolicy', 'it is the dead-letter queue');
    const bus = new EventBus(this, 'Bus', {
      eventBusName: busName(stage),
      description: `Firn's events, ${stage}`,
      deadLetterQueue: undeliverable,
    });
    const archive = new Archive(this, 'Archive', {
      archiveName: busName(stage),
      description: 'what the services said, for replays',
      sourceEventBus: bus,
      eventPattern: { account: [bus.env.account] },
      retention: Duration.days(archiveDays),
    });
    // Given to the construct, the key's policy and the bus would each wait for the other.
    (bus.node.defaultChild as CfnEventBus).kmsKeyIdentifier = key.keyArn;
    (archive.node.defaultChild as CfnArchive).kmsKeyIdentifier = key.keyArn;
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
