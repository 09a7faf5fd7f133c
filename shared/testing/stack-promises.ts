import { expect, it } from '@jest/globals';
import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { CONTEXT } from '../constructs/context.ts';
import {
  deadLettersName,
  eventPattern,
  scheduledMessage,
  serviceName,
  visibilityTimeoutSeconds,
  type Stage,
  type Topology,
} from '../topology.ts';

/** A template as CloudFormation would get it, without the functions' code. */
export const synthesised = (build: (scope: Construct, stage: Stage) => Stack, stage: Stage): Template =>
  Template.fromStack(build(new App({ context: { ...CONTEXT, 'aws:cdk:bundling-stacks': [] } }), stage));

// CDK writes whole hours as such.
const spelled = (minutes: number): string => {
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** The tests that hold a service's stack to its topology: the laptop is built from the same, so neither can drift from the other. */
export const stackPromises = (
  topology: Topology,
  build: (scope: Construct, stage: Stage) => Stack,
  Config: { parse(environment: unknown): unknown },
): void => {
  const stage = 'dev';
  const name = serviceName(stage, topology.service);
  const template = synthesised(build, stage);
  const holds = (type: string, properties: object) => () => template.hasResourceProperties(type, properties);

  it('hears what its topology says, and keeps what its queue would not take', () => {
    expect(
      holds('AWS::Events::Rule', {
        Name: name,
        EventBusName: `firn-${stage}`,
        EventPattern: eventPattern(topology),
        Targets: [
          Match.objectLike({
            DeadLetterConfig: { Arn: Match.anyValue() },
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
          }),
        ],
      }),
    ).not.toThrow();
  });

  it('wakes by the clock as often as its topology says', () => {
    for (const schedule of topology.schedules ?? []) {
      const [target] = Object.values(
        template.findResources('AWS::Events::Rule', { Properties: { Name: `${name}-${schedule.name}` } }),
      );
      const { Targets, ScheduleExpression, State } = target!['Properties'] as {
        readonly Targets: readonly { readonly Input: string }[];
        readonly ScheduleExpression: string;
        readonly State: string;
      };
      expect(JSON.parse(Targets[0]!.Input)).toEqual(scheduledMessage(schedule.name));
      expect(State).toBe('ENABLED');
      expect(ScheduleExpression).toBe(`rate(${spelled(schedule.everyMinutes)})`);
    }
    expect(Object.keys(template.findResources('AWS::Events::Rule'))).toHaveLength(
      1 + (topology.schedules ?? []).length,
    );
  });

  it('hides a message for six time-outs, and gives it up after so many receives', () => {
    expect(
      holds('AWS::SQS::Queue', {
        QueueName: name,
        VisibilityTimeout: visibilityTimeoutSeconds(topology),
        RedrivePolicy: { maxReceiveCount: topology.maxReceives },
      }),
    ).not.toThrow();
    expect(
      holds('AWS::SQS::Queue', {
        QueueName: deadLettersName(stage, topology.service),
        RedrivePolicy: Match.absent(),
      }),
    ).not.toThrow();
  });

  it('runs its code as its topology says, and fails single messages', () => {
    expect(
      holds('AWS::Lambda::Function', {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: topology.timeoutSeconds,
        MemorySize: topology.memoryMb,
        ReservedConcurrentExecutions: topology.reservedConcurrency,
        TracingConfig: { Mode: 'Active' },
      }),
    ).not.toThrow();
    expect(
      holds('AWS::Lambda::EventSourceMapping', {
        BatchSize: topology.batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ).not.toThrow();
  });

  it('gives its function the environment that it asks for', () => {
    const [code] = Object.values(template.findResources('AWS::Lambda::Function'));
    const { Variables } = (code!['Properties'] as { Environment: { Variables: Record<string, string> } }).Environment;

    expect(() => Config.parse(Variables)).not.toThrow();
    expect(Variables).toMatchObject({ STAGE: stage, BUS_NAME: `firn-${stage}` });
  });

  it('lets its function read its own queue and speak to itself through it, write its log and speak on the bus, and do nothing else', () => {
    const allowed = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      (it) =>
        (it['Properties'] as { PolicyDocument: { Statement: { Action: string | string[] }[] } }).PolicyDocument
          .Statement,
    );

    expect([...new Set(allowed.flatMap((it) => it.Action))].sort()).toEqual([
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('alarms when messages wait, become dead letters, or its code fails', () => {
    const alarms = Object.values(
      template.findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmActions: [Match.anyValue()] } }),
    );

    expect(alarms.map((it) => (it['Properties'] as { AlarmName: string }).AlarmName).sort()).toEqual(
      ['dead-letters', 'errors', 'messages-wait'].map((it) => `${name}-${it}`),
    );
  });

  it('waits for no export of another stack', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('Fn::ImportValue');
  });
};
