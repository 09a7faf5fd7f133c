import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../../../shared/topology.ts';
import { inboundTopicName, serviceName } from '../../../shared/topology.ts';
import { landingBucket, snowflakeTrustRole } from '../../../shared/names.ts';
import type { Statement } from '../../../shared/sql/statement.ts';
import { definition, pipelineParts } from '../../snowflake/definition.ts';
import type { Deployment, PipelineParts } from '../../snowflake/deployment.ts';
import { SERVICES, type Identities } from '../../snowflake/objects/access.ts';
import { serviceKeys } from '../../local/keys.ts';
import { Refusal } from '../refusal.ts';

/** What a definition on an account follows from. */
export interface DefinitionOptions {
  /** Without it: the laptop. */
  readonly stage?: Stage;
  readonly data: string;
  readonly pipeline: string;
  /** Twelve digits: whose topic, bucket and roles Snowflake works with. */
  readonly awsAccount?: string;
  readonly region: string;
  /** A folder of `<service>.pub`; without it services log in by their AWS roles. */
  readonly keys?: string;
  /** The API's address with its resource: the trigger then tells AWS by an external function, and not by SNS. */
  readonly apiUrl?: string;
  readonly notify?: 'sns' | 'external-function';
  readonly schedule: string;
  readonly thresholdRows: number;
  readonly maxAgeSeconds: number;
}

/** A pipeline's whole definition, and those of all pipelines, which share its roles. */
export interface Definitions {
  readonly own: readonly Statement[];
  readonly all: readonly Statement[];
}

/** What the definitions of a pipeline and its neighbours say for these options; refuses an unknown pipeline. */
export const definitionsOf = async (options: DefinitionOptions, operatorRole = 'SYSADMIN'): Promise<Definitions> => {
  const stage = options.stage ?? 'dev';
  const all = pipelineParts();
  const parts = all.find((it) => it.extract.pipeline === options.pipeline);
  if (!parts)
    throw new Refusal(
      `there is no pipeline ${options.pipeline}; there are ${all.map((it) => it.extract.pipeline).join(', ')}`,
    );
  if ((options.notify === 'external-function') !== (options.apiUrl !== undefined))
    throw new Refusal('--notify external-function and --api-url go together', {
      next: '--notify external-function --api-url https://<id>.execute-api.<region>.amazonaws.com/<stage>/notifications',
    });
  const account = options.awsAccount ?? LAPTOP;
  if (options.stage !== undefined && options.awsAccount === undefined)
    throw new Refusal("a definition on an account names the AWS account's topic, bucket and roles", {
      next: 'the same command with --aws-account 123456789012',
    });
  const to = { ...deploymentOf(stage, account, options), operatorRole };
  const identities =
    options.stage === undefined
      ? await laptopIdentities(options.data)
      : await identitiesOf(stage, account, options.keys);
  const of = (it: PipelineParts): readonly Statement[] => definition(to, it, identities);
  return { own: of(parts), all: all.flatMap(of) };
};

// The account that the laptop's topics and roles belong to.
const LAPTOP = '000000000000';

const deploymentOf = (
  stage: Stage,
  account: string,
  { region, schedule, thresholdRows, maxAgeSeconds, apiUrl }: DefinitionOptions,
): Deployment => ({
  stage,
  bucket: landingBucket(stage),
  storageIntegration: `FIRN_${stage.toUpperCase()}_LANDING`,
  landingRoleArn: `arn:aws:iam::${account}:role/${snowflakeTrustRole(stage, 'reader')}`,
  inboundTopicArn: `arn:aws:sns:${region}:${account}:${inboundTopicName(stage)}`,
  inboundRoleArn: `arn:aws:iam::${account}:role/${snowflakeTrustRole(stage, 'notifier')}`,
  ...(apiUrl === undefined
    ? {}
    : {
        callIn: {
          url: apiUrl,
          prefix: apiUrl,
          roleArn: `arn:aws:iam::${account}:role/${snowflakeTrustRole(stage, 'caller')}`,
        },
      }),
  schedule,
  thresholdRows,
  maxAgeSeconds,
});

const identitiesOf = async (stage: Stage, account: string, keys: string | undefined): Promise<Identities> => {
  const all = await Promise.all(
    SERVICES.map(async (it) => [
      it,
      keys === undefined
        ? `arn:aws:iam::${account}:role/${serviceName(stage, it)}`
        : await publicKey(join(keys, `${it}.pub`)),
    ]),
  );
  return Object.fromEntries(all) as Identities;
};

/** The keys that the laptop's services log in by. */
const laptopIdentities = async (dataDir: string): Promise<Identities> => {
  const keys = await serviceKeys(join(dataDir, 'keys'), SERVICES);
  return Object.fromEntries(SERVICES.map((it) => [it, keys[it].publicKey])) as Identities;
};

const publicKey = async (file: string): Promise<string> => {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`can't read the public key ${file}: ${(error as NodeJS.ErrnoException).code}`);
  });
  // From a private key node would derive a public one: a private key has no business here.
  if (!pem.includes('BEGIN PUBLIC KEY')) throw new Refusal(`${file} is no public key in PEM form`);
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch {
    throw new Refusal(`${file} is no public key in PEM form`);
  }
  throw new Refusal(`${file} is no RSA key, and Snowflake takes no other`);
};
