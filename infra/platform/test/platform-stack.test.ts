import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { synthesised } from '../../../shared/testing/stack-promises.ts';
import { PlatformStack } from '../platform-stack.ts';

const template = synthesised((scope, stage) => new PlatformStack(scope, stage), 'prod');

describe("the platform's stack", () => {
  it('keeps what was said on the bus, and discovers no schemas', () => {
    expect(() =>
      template.hasResourceProperties('AWS::Events::EventBus', {
        Name: 'firn-prod',
        KmsKeyIdentifier: Match.anyValue(),
      }),
    ).not.toThrow();
    expect(() => template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 90 })).not.toThrow();
    expect(() => template.resourceCountIs('AWS::EventSchemas::Discoverer', 0)).not.toThrow();
  });

  it('lets Snowflake publish to the inbound topic, read the landing bucket, and no more', () => {
    const allowed = (role: string): unknown[] =>
      Object.entries(template.findResources('AWS::IAM::Policy'))
        .filter(([id]) => id.includes(role))
        .flatMap(
          ([, it]) =>
            (it['Properties'] as { PolicyDocument: { Statement: { Action: unknown }[] } }).PolicyDocument.Statement,
        )
        .flatMap((it) => it.Action);

    expect(allowed('Snowflakenotifier')).toEqual(['sns:Publish', 'kms:GenerateDataKey', 'kms:Decrypt']);
    expect(allowed('Snowflakereader')).toEqual([
      's3:ListBucket',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:GetObjectVersion',
    ]);
    expect(allowed('Snowflakecaller')).toEqual(['execute-api:Invoke']);
  });

  it('answers the external function with one row for its one row, and only to a signed request', () => {
    expect(() => template.resourceCountIs('AWS::ApiGateway::Method', 1)).not.toThrow();
    expect(() =>
      template.hasResourceProperties('AWS::ApiGateway::Method', {
        HttpMethod: 'POST',
        AuthorizationType: 'AWS_IAM',
        Integration: Match.objectLike({
          IntegrationResponses: Match.arrayWith([
            Match.objectLike({
              StatusCode: '200',
              ResponseTemplates: { 'application/json': '{"data":[[0,{"accepted":true}]]}' },
            }),
          ]),
        }),
      }),
    ).not.toThrow();
  });

  it('shows the flow on one page, of whatever pipelines and services there are', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify((dashboard!['Properties'] as { DashboardBody: unknown }).DashboardBody);

    for (const figure of ['Batches', 'OldestWaitingSeconds', 'RowsLoaded', 'Failures', 'DocumentsQuarantined'])
      expect(body).toMatch(
        new RegExp(`SEARCH\\('\\{Firn,Stage,Pipeline(,Event)?\\} Stage=\\W+prod\\W+ MetricName=\\W+${figure}\\W`),
      );
    expect(body).not.toContain('orders');
  });

  it('tells somebody when rows wait, batches fail, much is held back, or nobody measures', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      (it) => it['Properties'] as Record<string, unknown>,
    );

    expect(alarms.map((it) => [it['AlarmName'], it['MetricName'], it['Dimensions'], it['TreatMissingData']])).toEqual([
      ['firn-prod-rows-wait', 'OldestWaitingSeconds', [{ Name: 'Stage', Value: 'prod' }], 'notBreaching'],
      ['firn-prod-batches-fail', 'Failures', [{ Name: 'Stage', Value: 'prod' }], 'notBreaching'],
      ['firn-prod-breaker-open', 'BreakersOpened', [{ Name: 'Stage', Value: 'prod' }], 'notBreaching'],
      ['firn-prod-much-quarantined', 'DocumentsQuarantined', [{ Name: 'Stage', Value: 'prod' }], 'notBreaching'],
      ['firn-prod-backfill-failed', 'BackfillsFailed', [{ Name: 'Stage', Value: 'prod' }], 'notBreaching'],
      ['firn-prod-backfill-waits', 'BackfillQuietSeconds', [{ Name: 'Stage', Value: 'prod' }], 'notBreaching'],
      ['firn-prod-nobody-measures', 'OldestWaitingSeconds', [{ Name: 'Stage', Value: 'prod' }], 'breaching'],
    ]);
    for (const it of alarms) expect(it['AlarmActions']).toHaveLength(1);
  });

  it('keeps in prod what holds data when the stack goes', () => {
    expect(() =>
      template.hasResource('AWS::S3::Bucket', {
        Properties: { BucketName: 'firn-prod-landing' },
        DeletionPolicy: 'Retain',
      }),
    ).not.toThrow();
    expect(() => template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' })).not.toThrow();
  });
});
