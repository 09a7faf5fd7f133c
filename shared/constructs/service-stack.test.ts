import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Topology } from '../topology.ts';
import { CONTEXT } from './context.ts';
import { PARAMETERS, type PrivateKeySecrets } from './parameters.ts';
import { ServiceStack } from './service-stack.ts';

const topology: Topology = {
  service: 'transform',
  hears: [],
  inbound: true,
  handler: 'services/transform/handler.ts',
  timeoutSeconds: 60,
  memoryMb: 128,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 1,
};
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/a-key';

class Keyed extends ServiceStack {
  constructor(scope: App, privateKeys: PrivateKeySecrets) {
    super(scope, topology, 'dev', {}, { ...PARAMETERS.dev, privateKeys });
  }
}

const build = (privateKeys: PrivateKeySecrets, context: object = {}): Template =>
  Template.fromStack(
    new Keyed(new App({ context: { ...CONTEXT, 'aws:cdk:bundling-stacks': [], ...context } }), privateKeys),
  );

const secret = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':secretsmanager:eu-west-1:',
      { Ref: 'AWS::AccountId' },
      ':secret:firn/dev/key/transform-??????',
    ],
  ],
};

describe('a service that logs in to Snowflake by a key pair', () => {
  const template = build({ namePrefix: 'firn/dev/key/', kmsKeyArn: KEY });

  it('knows its secret, and has the layer that reads it', () => {
    expect(() =>
      template.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ SNOWFLAKE_PRIVATE_KEY_SECRET: 'firn/dev/key/transform' }) },
        Layers: [Match.stringLikeRegexp('AWS-Parameters-and-Secrets-Lambda-Extension-Arm64')],
      }),
    ).not.toThrow();
  });

  it('may read that one secret, decrypt it with its key through Secrets Manager alone, and nothing else of either', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      (it) =>
        (it['Properties'] as { PolicyDocument: { Statement: { Action: string | string[] }[] } }).PolicyDocument
          .Statement,
    );

    expect(statements.filter((it) => /^(secretsmanager|kms):/.test(String(it.Action)))).toEqual([
      { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: secret },
      {
        Action: 'kms:Decrypt',
        Effect: 'Allow',
        Resource: KEY,
        Condition: {
          StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
          StringLike: { 'kms:EncryptionContext:SecretARN': secret },
        },
      },
    ]);
  });

  it("needs no key's permission where AWS's own encrypts the secret", () => {
    expect(JSON.stringify(build({ namePrefix: 'firn/dev/key/' }).toJSON())).not.toContain('kms:');
  });

  it('is refused as an image, which takes no layer', () => {
    expect(() => build({ namePrefix: 'x' }, { image: 'firn-transform:1' })).toThrow('an image takes no layer');
  });
});
