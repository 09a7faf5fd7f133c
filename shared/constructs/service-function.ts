import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  Architecture,
  DockerImageCode,
  DockerImageFunction,
  LoggingFormat,
  Runtime,
  Tracing,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { serviceName, type Topology } from '../topology.ts';
import { acknowledge } from './acknowledge.ts';
import { bundling, dataFilesOf } from './bundling.ts';
import type { StageParameters } from './parameters.ts';
import { privateKeyEnvironment, secretsExtension } from './private-key.ts';

/**
 * A service's Lambda: its own role of a fixed name (Snowflake knows the service by it), its own log group, and nothing else that it may do
 * until somebody grants it.
 */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(
    scope: Construct,
    topology: Topology,
    parameters: StageParameters,
    environment: Readonly<Record<string, string>>,
  ) {
    super(scope, 'Function');
    const name = serviceName(parameters.stage, topology.service);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retention: parameters.logRetention,
      removalPolicy: parameters.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { roleName: name, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    // X-Ray knows no resources to narrow this to.
    role.addToPolicy(
      new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
    );
    acknowledge(
      role,
      'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      'X-Ray takes traces without a resource; the rest is named',
    );
    const settings = {
      functionName: name,
      description: `Firn's ${topology.service}, ${parameters.stage}`,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(topology.timeoutSeconds),
      memorySize: topology.memoryMb,
      reservedConcurrentExecutions: topology.reservedConcurrency,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      environment: {
        ...environment,
        ...privateKeyEnvironment(topology.service, parameters.privateKeys),
        NODE_OPTIONS: '--enable-source-maps',
      },
    };
    const image: unknown = this.node.tryGetContext('image');
    if (image !== undefined && parameters.privateKeys)
      throw new Error(
        'an image takes no layer, and so none that reads the private key: leave privateKeys out of shared/constructs/parameters.ts, or --image',
      );
    this.function =
      typeof image === 'string'
        ? new DockerImageFunction(this, 'Code', { ...settings, code: this.#imageCode(image) })
        : new NodejsFunction(this, 'Code', {
            ...settings,
            ...this.#bundleCode(topology),
            ...(parameters.privateKeys ? { paramsAndSecrets: secretsExtension() } : {}),
          });
    const deadLetters = 'its messages come from a queue, whose own dead-letter queue keeps what fails';
    acknowledge(this.function, 'Serverless::Serverless-LambdaDLQ', deadLetters);
    acknowledge(this.function, 'Serverless::Serverless-LambdaEventSourceMappingDestination', deadLetters);
  }
  /** `-c image=repository:tag` or `repository@sha256:…`: built elsewhere from the same bundle. */
  #imageCode(image: string): DockerImageCode {
    const [, repository, tagOrDigest] = /^([a-z0-9/._-]+?)(?::|@(?=sha256:))([\w.:-]+)$/.exec(image) ?? [];
    if (repository === undefined || tagOrDigest === undefined)
      throw new Error(`the image is ${image}, not repository:tag or repository@sha256:...`);
    return DockerImageCode.fromEcr(Repository.fromRepositoryName(this, 'Images', repository), { tagOrDigest });
  }

  #bundleCode(topology: Topology): NodejsFunctionProps {
    return {
      entry: topology.handler,
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      awsSdkConnectionReuse: false,
      depsLockFilePath: 'package-lock.json',
      projectRoot: process.cwd(),
      bundling: {
        ...bundling,
        // Without code there is nothing to tell apart, and the whole repository would be read for it.
        ...(Stack.of(this).bundlingRequired ? {} : { assetHash: 'not-bundled' }),
        commandHooks: {
          beforeInstall: () => [],
          beforeBundling: () => [],
          // In one file all modules lie in one folder, and look for what they read there.
          afterBundling: (root, output) => dataFilesOf(topology.handler).map((it) => `cp "${root}/${it}" "${output}/"`),
        },
      },
    };
  }
}
