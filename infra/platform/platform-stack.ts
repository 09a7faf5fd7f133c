import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { alarmsTopicName } from '../../shared/names.ts';
import { PARAMETERS } from '../../shared/constructs/parameters.ts';
import type { Stage } from '../../shared/topology.ts';
import { CallIn } from './call-in.ts';
import { FlowDashboard } from './dashboard.ts';
import { Inbound, grantEncryption } from './inbound.ts';
import { Landing } from './landing.ts';
import { MessageBus } from './message-bus.ts';

/** What all services stand on and none owns: bus and archive, the ways in from Snowflake and S3, the alarms topic. Deployed rarely. */
export class PlatformStack extends Stack {
  constructor(scope: Construct, stage: Stage) {
    const parameters = PARAMETERS[stage];
    super(scope, `firn-${stage}-platform`, {
      description: `Firn: the platform under the services (${stage})`,
      env: { region: parameters.region },
      terminationProtection: parameters.keepsData,
    });
    Tags.of(this).add('application', 'firn');
    Tags.of(this).add('stage', stage);
    Tags.of(this).add('owner', 'platform');

    const key = new Key(this, 'Key', {
      alias: `firn-${stage}`,
      description: `Firn's bus and topics, ${stage}`,
      enableKeyRotation: true,
      removalPolicy: parameters.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new MessageBus(this, key, parameters);
    const inbound = new Inbound(this, key, parameters);
    new CallIn(this, inbound, parameters);
    new Landing(this, parameters);
    const alarms = new Topic(this, 'Alarms', { topicName: alarmsTopicName(stage), masterKey: key, enforceSSL: true });
    grantEncryption(key, new ServicePrincipal('cloudwatch.amazonaws.com'));
    new FlowDashboard(this, parameters, alarms);
  }
}
