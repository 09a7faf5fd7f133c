import type { Bus } from '../bus.ts';
import { placeholders, PREDEFINED } from '../delivery/input-template.ts';
import { readPath } from '../delivery/json-path.ts';
import type { InputTransformer, Target } from '../delivery/target.ts';
import { invalid } from '../errors.ts';
import { parseJson } from '../json/parse.ts';
import { onlyKnows, optionalNumber, optionalObject, optionalText, requiredText } from './input.ts';
import type { Input } from './input.ts';

const KNOWN = [
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'SqsParameters',
  'DeadLetterConfig',
  'RetryPolicy',
];
const MAX_VARIABLES = 100;

const queueArn = (bus: Bus, arn: string, what: string): string => {
  const [, , service, region] = arn.split(':');
  if (!/^arn:[\w-]+:[\w-]+:[\w-]*:\d*:.+$/.test(arn)) {
    return invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (service !== 'sqs') return invalid(`${what} ${arn} is not supported by the local bus: only SQS queues are.`);
  return region === bus.region ? arn : invalid(`${what} ${arn} is in another region than the bus, ${bus.region}.`);
};

const checkPath = (text: string, what: string): void => {
  if (readPath(text) === undefined) invalid(`Parameter ${what} is not valid. Reason: ${text} is not a JSON path.`);
};

const checkJson = (text: string): void => {
  try {
    parseJson(text);
  } catch {
    invalid('Parameter Input is not valid. Reason: it is not JSON.');
  }
};

const transformerOf = (input: Input, id: string): InputTransformer => {
  const template = requiredText(input, 'InputTemplate', { min: 1, max: 8192 });
  const paths = Object.entries(optionalObject(input, 'InputPathsMap') ?? {});
  if (paths.length > MAX_VARIABLES) invalid(`InputPathsMap of target ${id} has more than ${MAX_VARIABLES} variables.`);
  for (const [name, path] of paths) {
    if (name.startsWith('aws.')) invalid(`InputPathsMap of target ${id} defines the reserved variable ${name}.`);
    checkPath(String(path), 'InputPathsMap');
  }
  const names = new Set([...PREDEFINED, ...paths.map(([name]) => name)]);
  const strange = placeholders(template).find((name) => !names.has(name));
  if (strange !== undefined) invalid(`InputTemplate for target ${id} contains invalid placeholder ${strange}.`);
  return {
    InputTemplate: template,
    InputPathsMap: Object.fromEntries(paths.map(([name, path]) => [name, String(path)])),
  };
};

const retryPolicyOf = (input: Input): NonNullable<Target['RetryPolicy']> => {
  const attempts = optionalNumber(input, 'MaximumRetryAttempts', 0, 185);
  const age = optionalNumber(input, 'MaximumEventAgeInSeconds', 60, 86_400);
  return {
    ...(attempts !== undefined && { MaximumRetryAttempts: attempts }),
    ...(age !== undefined && { MaximumEventAgeInSeconds: age }),
  };
};

/** Reads one target of PutTargets; refuses what can't be delivered the way it asks. */
export const checkedTarget = (bus: Bus, input: Input, id: string): Target => {
  onlyKnows(input, KNOWN);
  const arn = queueArn(bus, requiredText(input, 'Arn', { min: 1, max: 1600 }), 'Target');
  const constant = optionalText(input, 'Input', { max: 8192 });
  const path = optionalText(input, 'InputPath', { max: 256 });
  const transformer = optionalObject(input, 'InputTransformer');
  if ([constant, path, transformer].filter((given) => given !== undefined).length > 1) {
    invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  if (constant !== undefined) checkJson(constant);
  if (path !== undefined) checkPath(path, 'InputPath');
  const roleArn = optionalText(input, 'RoleArn', { min: 1, max: 1600 });
  const sqs = optionalObject(input, 'SqsParameters');
  const group = sqs && optionalText(sqs, 'MessageGroupId');
  const grave = optionalObject(input, 'DeadLetterConfig');
  const graveArn = grave && optionalText(grave, 'Arn', { min: 1, max: 1600 });
  const policy = optionalObject(input, 'RetryPolicy');
  return {
    Id: id,
    Arn: arn,
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...(constant !== undefined && { Input: constant }),
    ...(path !== undefined && { InputPath: path }),
    ...(transformer && { InputTransformer: transformerOf(transformer, id) }),
    ...(group !== undefined && { SqsParameters: { MessageGroupId: group } }),
    ...(graveArn !== undefined && { DeadLetterConfig: { Arn: queueArn(bus, graveArn, 'Dead-letter queue') } }),
    ...(policy && { RetryPolicy: retryPolicyOf(policy) }),
  };
};
