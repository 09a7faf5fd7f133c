import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsLogLevel,
  ParamsAndSecretsVersions,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { PrivateKeySecrets } from './parameters.ts';

const secretName = (service: string, { namePrefix }: PrivateKeySecrets): string => `${namePrefix}${service}`;

/** What tells a service which secret holds its private key; nothing where it logs in by its AWS role. */
export const privateKeyEnvironment = (
  service: string,
  secrets: PrivateKeySecrets | undefined,
): Readonly<Record<string, string>> => (secrets ? { SNOWFLAKE_PRIVATE_KEY_SECRET: secretName(service, secrets) } : {});

/** AWS's own layer that reads secrets and keeps them across invocations, so that no bundle grows by a client. */
export const secretsExtension = (): ParamsAndSecretsLayerVersion =>
  ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103, {
    logLevel: ParamsAndSecretsLogLevel.WARN,
  });

/** Lets a function read the one secret that is its own, and decrypt that one with your key, by way of Secrets Manager alone. */
export const letReadPrivateKey = (code: LambdaFunction, service: string, secrets: PrivateKeySecrets): void => {
  const stack = Stack.of(code);
  // Secrets Manager adds six characters of its own to a secret's name.
  const resourceName = `${secretName(service, secrets)}-??????`;
  const secret = stack.formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  code.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret] }));
  if (secrets.kmsKeyArn === undefined) return;
  code.addToRolePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [secrets.kmsKeyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:SecretARN': secret },
      },
    }),
  );
};
