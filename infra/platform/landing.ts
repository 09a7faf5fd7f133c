import { Duration, RemovalPolicy, Stack, type CfnElement } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, EventType, type IBucket } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../../shared/constructs/acknowledge.ts';
import type { StageParameters } from '../../shared/constructs/parameters.ts';
import { landingBucket } from '../../shared/names.ts';
import { trusting } from './inbound.ts';

/** The bucket that raw files land in, the role that Snowflake reads them with, and word to its pipes of each new file. */
export class Landing extends Construct {
  readonly reader: Role;

  constructor(scope: Construct, { stage, snowflake, keepsData }: StageParameters) {
    super(scope, 'Landing');
    const common = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    acknowledge(accessLogs, 'AwsSolutions::AwsSolutions-S1', 'it is the bucket of the access logs');
    const bucket = new Bucket(this, 'Bucket', {
      ...common,
      bucketName: landingBucket(stage),
      versioned: true,
      serverAccessLogsBucket: accessLogs as IBucket,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
    });
    if (snowflake.pipeQueueArn) {
      const pipes = Queue.fromQueueArn(this, 'Pipes', snowflake.pipeQueueArn);
      bucket.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(pipes));
    }
    this.reader = trusting(this, stage, 'reader', snowflake.reader);
    this.reader.addToPolicy(
      new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [bucket.bucketArn] }),
    );
    this.reader.addToPolicy(
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects('*')] }),
    );
    acknowledge(
      this.reader,
      `AwsSolutions::AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn>/*]`,
      'Snowflake reads whatever lands in this one bucket',
    );
  }
}
