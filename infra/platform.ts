import { checkedApp } from '../shared/constructs/checked-app.ts';
import { PlatformStack } from './platform/platform-stack.ts';

// A CDK app of its own, as each service's stack is: `cdk deploy -a "node infra/platform.ts" -c stage=dev`.
checkedApp((app, stage) => new PlatformStack(app, stage)).synth();
