import { describe } from '@jest/globals';
import { stackPromises } from '../../../shared/testing/stack-promises.ts';
import { Config } from '../config.ts';
import { ValidateStack } from '../stack.ts';
import { topology } from '../topology.ts';

describe("validate's stack", () => {
  stackPromises(topology, (scope, stage) => new ValidateStack(scope, stage), Config);
});
