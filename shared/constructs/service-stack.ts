import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { serviceName, type Stage, type Topology } from '../topology.ts';
import { Consumer } from './consumer.ts';
import { busName, snowflakeRole, snowflakeWarehouse } from '../names.ts';
import { PARAMETERS, type StageParameters } from './parameters.ts';

/** The environment that every service's `Config` asks for, under the names that the laptop uses too. */
export interface ServiceEnvironment {
  readonly STAGE: Stage;
  readonly BUS_NAME: string;
  readonly SNOWFLAKE_ACCOUNT: string;
  readonly SNOWFLAKE_USER: string;
  readonly SNOWFLAKE_ROLE: string;
  readonly SNOWFLAKE_WAREHOUSE: string;
}

/** One service's stack, whole from its topology; it shares nothing with its neighbours but names. */
export abstract class ServiceStack<Environment extends ServiceEnvironment = ServiceEnvironment> extends Stack {
  constructor(
    scope: Construct,
    topology: Topology,
    stage: Stage,
    more: Omit<Environment, keyof ServiceEnvironment>,
    parameters: StageParameters = PARAMETERS[stage],
  ) {
    super(scope, serviceName(stage, topology.service), {
      description: `Firn: the ${topology.service} service (${stage})`,
      env: { region: parameters.region },
    });
    Tags.of(this).add('application', 'firn');
    Tags.of(this).add('stage', stage);
    Tags.of(this).add('owner', topology.service);
    const environment: ServiceEnvironment = {
      STAGE: stage,
      BUS_NAME: busName(stage),
      SNOWFLAKE_ACCOUNT: parameters.snowflakeAccount,
      SNOWFLAKE_USER: snowflakeRole(stage, topology.service),
      SNOWFLAKE_ROLE: snowflakeRole(stage, topology.service),
      SNOWFLAKE_WAREHOUSE: snowflakeWarehouse(stage),
    };
    new Consumer(this, topology, parameters, {
      ...environment,
      ...more,
      // The driver would ask cloud metadata services where it runs, and load a native module, at import.
      SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
      SNOWFLAKE_DISABLE_MINICORE: 'true',
    });
  }
}
