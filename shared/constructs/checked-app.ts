import { App, Validations, type Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { Stage } from '../topology.ts';
import { CONTEXT } from './context.ts';

const STAGES: readonly Stage[] = ['dev', 'prod'];

/**
 * A CDK app of one owner: the stage comes from the context (`-c stage=dev`), and neither a finding of the rule packs that nobody explained
 * nor a template that CloudFormation would refuse gets through its synthesis.
 */
export const checkedApp = (build: (app: App, stage: Stage) => Stack): App => {
  const app = new App({ context: CONTEXT });
  const given: unknown = app.node.tryGetContext('stage') ?? 'dev';
  const stage = STAGES.find((it) => it === given);
  if (stage === undefined)
    throw new Error(`the stage is ${String(given)}, not one of ${STAGES.join(', ')}: -c stage=dev`);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  build(app, stage);
  return app;
};
