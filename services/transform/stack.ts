import type { Construct } from 'constructs';
import { checkedApp } from '../../shared/constructs/checked-app.ts';
import { ServiceStack } from '../../shared/constructs/service-stack.ts';
import type { Stage } from '../../shared/topology.ts';
import type { Config } from './config.ts';
import { topology } from './topology.ts';

/** Transform on AWS: rule, queue, dead letters, function and alarms, deployed by its owner alone. */
export class TransformStack extends ServiceStack<Config> {
  constructor(scope: Construct, stage: Stage) {
    super(scope, topology, stage, {});
  }
}

if (import.meta.main) checkedApp((app, stage) => new TransformStack(app, stage)).synth();
