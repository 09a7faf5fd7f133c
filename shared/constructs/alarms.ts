import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmsTopicName } from '../names.ts';
import type { StageParameters } from './parameters.ts';

/** Tells the stage's alarms topic when messages wait too long, when one has become a dead letter, and when the function fails. */
export class Alarms extends Construct {
  constructor(
    scope: Construct,
    of: {
      readonly name: string;
      readonly queue: Queue;
      readonly deadLetterQueue: Queue;
      readonly code: IFunction;
      readonly parameters: StageParameters;
    },
  ) {
    super(scope, 'Alarms');
    const arn = Stack.of(this).formatArn({ service: 'sns', resource: alarmsTopicName(of.parameters.stage) });
    const tell = new SnsAction(Topic.fromTopicArn(this, 'Topic', arn));
    const alarm = (id: string, what: string, metric: Metric, threshold: number): void => {
      new Alarm(this, id, {
        alarmName: `${of.name}-${what}`,
        alarmDescription: `${of.name}: see the runbook, "${what}"`,
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(tell);
    };
    const period = Duration.minutes(5);
    alarm(
      'Age',
      'messages-wait',
      of.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      of.parameters.maxMessageAgeSeconds,
    );
    alarm(
      'DeadLetters',
      'dead-letters',
      of.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      0,
    );
    alarm('Errors', 'errors', of.code.metricErrors({ period, statistic: 'Sum' }), 0);
  }
}
