import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { serviceName, type Topology } from '../topology.ts';
import { acknowledge } from './acknowledge.ts';
import { bundling, dataFilesOf } from './bundling.ts';
import type { StageParameters } from './parameters.ts';

/**
 * A service's Lambda: its own role of a fixed name (Snowflake knows the service by it), its own log group, and nothing else that it may do
 * until somebody grants it.
 */
export class ServiceFunction extends Construct {
  readonly function: NodejsFunction;

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
    this.function = new NodejsFunction(this, 'Code', {
      functionName: name,
      description: `Firn's ${topology.service}, ${parameters.stage}`,
      entry: topology.handler,
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(topology.timeoutSeconds),
      memorySize: topology.memoryMb,
      reservedConcurrentExecutions: topology.reservedConcurrency,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
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
    });
    const deadLetters = 'its messages come from a queue, whose own dead-letter queue keeps what fails';
    acknowledge(this.function, 'Serverless::Serverless-LambdaDLQ', deadLetters);
    acknowledge(this.function, 'Serverless::Serverless-LambdaEventSourceMappingDestination', deadLetters);
  }
}
