import * as eb from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCOUNT, type Local, REGION, startLocal } from './local-bus.ts';

const ARN = `arn:aws:events:${REGION}:${ACCOUNT}`;
const PATTERN = '{"source":["a"]}';

describe('rules, targets and buses', () => {
  let local: Local;
  let client: eb.EventBridgeClient;

  beforeAll(async () => {
    local = await startLocal();
    client = local.client;
  });
  afterAll(() => local.close());

  const rule = (Name: string, more: Partial<eb.PutRuleRequest> = {}) =>
    client.send(new eb.PutRuleCommand({ Name, EventPattern: PATTERN, ...more }));
  const queueArn = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;

  it('puts, describes, disables, enables and deletes a rule', async () => {
    const name = { Name: 'life' };

    expect((await rule('life', { Description: 'd' })).RuleArn).toBe(`${ARN}:rule/life`);
    await client.send(new eb.DisableRuleCommand(name));
    expect(await client.send(new eb.DescribeRuleCommand(name))).toMatchObject({
      Arn: `${ARN}:rule/life`,
      EventBusName: 'default',
      EventPattern: PATTERN,
      State: 'DISABLED',
      Description: 'd',
      CreatedBy: ACCOUNT,
    });
    await client.send(new eb.EnableRuleCommand(name));
    expect((await client.send(new eb.DescribeRuleCommand(name))).State).toBe('ENABLED');
    await client.send(new eb.DeleteRuleCommand(name));
    await expect(client.send(new eb.DescribeRuleCommand(name))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule life does not exist on EventBus default.',
    });
  });

  it('refuses a rule whose pattern is wrong, missing or on an unknown bus', async () => {
    await expect(rule('bad', { EventPattern: '{"a":1}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: expect.stringMatching(/^Event pattern is not valid\. Reason: "a" must be an object or an array\n/),
    });
    await expect(rule('bad', { EventPattern: undefined })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(rule('bad name')).rejects.toMatchObject({
      message: expect.stringContaining("at 'name' failed to satisfy constraint"),
    });
    await expect(rule('bad', { EventBusName: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
    await expect(rule('bad', { EventPattern: `{"a":["${'x'.repeat(4096)}"]}` })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('lists rules in pages, by prefix, in the order of their names', async () => {
    for (const name of ['list-c', 'list-a', 'other', 'list-b']) await rule(name);

    const first = await client.send(new eb.ListRulesCommand({ NamePrefix: 'list-', Limit: 2 }));
    const second = await client.send(new eb.ListRulesCommand({ NamePrefix: 'list-', NextToken: first.NextToken }));

    expect(first.Rules!.map(({ Name }) => Name)).toEqual(['list-a', 'list-b']);
    expect(second.Rules!.map(({ Name }) => Name)).toEqual(['list-c']);
    expect(second.NextToken).toBeUndefined();
  });

  it('keeps the targets of a rule that is put again', async () => {
    await local.route('again', { source: ['a'] }, { Arn: queueArn('q1') });

    await rule('again', { EventPattern: '{"source":["b"]}' });

    const { Targets } = await client.send(new eb.ListTargetsByRuleCommand({ Rule: 'again' }));
    expect(Targets).toEqual([{ Id: 't0', Arn: queueArn('q1') }]);
    await expect(client.send(new eb.DeleteRuleCommand({ Name: 'again' }))).rejects.toMatchObject({
      message: "Rule can't be deleted since it has targets.",
    });
  });

  it('takes good targets and refuses the others by name', async () => {
    const lambda = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`;
    const { FailedEntryCount, FailedEntries } = await local.route(
      'mixed',
      { source: ['a'] },
      { Arn: queueArn('q') },
      { Arn: lambda },
      { Arn: 'queue' },
      { Arn: queueArn('q'), Input: '1', InputPath: '$' },
      { Arn: queueArn('q'), InputTransformer: { InputPathsMap: { a: '$.a' }, InputTemplate: '"<a> <b>"' } },
      { Arn: queueArn('q'), EcsParameters: { TaskDefinitionArn: 'x' } },
      { Arn: queueArn('q'), RetryPolicy: { MaximumRetryAttempts: 186 } },
    );

    expect(FailedEntryCount).toBe(6);
    expect(FailedEntries!.map(({ TargetId, ErrorMessage }) => [TargetId, ErrorMessage])).toEqual([
      ['t1', `Target ${lambda} is not supported by the local bus: only SQS queues are.`],
      ['t2', 'Parameter queue is not valid. Reason: Provided Arn is not in correct format.'],
      ['t3', 'Only one of Input, InputPath, or InputTransformer must be provided for target t3.'],
      ['t4', 'InputTemplate for target t4 contains invalid placeholder b.'],
      ['t5', 'Parameter EcsParameters is not supported by the local bus.'],
      ['t6', expect.stringContaining('less than or equal to 185')],
    ]);
    const { Targets } = await client.send(new eb.ListTargetsByRuleCommand({ Rule: 'mixed' }));
    expect(Targets!.map(({ Id }) => Id)).toEqual(['t0']);
  });

  it('takes five targets a rule and undoes a call that would make it more', async () => {
    const six = Array.from({ length: 6 }, (_, index) => ({ Arn: queueArn(`five-${index}`) }));

    await expect(local.route('five', { source: ['a'] }, ...six)).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    expect((await client.send(new eb.ListTargetsByRuleCommand({ Rule: 'five' }))).Targets).toEqual([]);
  });

  it('finds rules by target and removes targets, saying which were not there', async () => {
    await local.route('by-1', { source: ['a'] }, { Arn: queueArn('by') });
    await local.route('by-2', { source: ['a'] }, { Arn: queueArn('by') });

    const byTarget = new eb.ListRuleNamesByTargetCommand({ TargetArn: queueArn('by') });
    expect((await client.send(byTarget)).RuleNames).toEqual(['by-1', 'by-2']);

    const removed = await client.send(new eb.RemoveTargetsCommand({ Rule: 'by-1', Ids: ['t0', 'none'] }));
    expect(removed.FailedEntries).toEqual([
      expect.objectContaining({ TargetId: 'none', ErrorCode: 'ResourceNotFoundException' }),
    ]);
    expect((await client.send(byTarget)).RuleNames).toEqual(['by-2']);
  });

  it('creates, describes, lists and deletes buses', async () => {
    const create = new eb.CreateEventBusCommand({ Name: 'new', Description: 'd', Tags: [{ Key: 'k', Value: 'v' }] });
    const { EventBusArn } = await client.send(create);

    expect(EventBusArn).toBe(`${ARN}:event-bus/new`);
    await expect(client.send(create)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    expect(await client.send(new eb.DescribeEventBusCommand({ Name: EventBusArn }))).toMatchObject({
      Name: 'new',
      Description: 'd',
      CreationTime: expect.any(Date),
    });
    const tags = await client.send(new eb.ListTagsForResourceCommand({ ResourceARN: EventBusArn }));
    expect(tags.Tags).toEqual([{ Key: 'k', Value: 'v' }]);
    expect((await client.send(new eb.ListEventBusesCommand({}))).EventBuses!.map(({ Name }) => Name)).toEqual([
      'default',
      'new',
    ]);
    expect((await rule('on-new', { EventBusName: 'new' })).RuleArn).toBe(`${ARN}:rule/new/on-new`);
    await expect(client.send(new eb.DeleteEventBusCommand({ Name: 'new' }))).rejects.toThrow('has rules');
    await client.send(new eb.DeleteRuleCommand({ Name: 'on-new', EventBusName: 'new' }));
    await client.send(new eb.DeleteEventBusCommand({ Name: 'new' }));
    await expect(client.send(new eb.DeleteEventBusCommand({ Name: 'default' }))).rejects.toThrow('Cannot delete');
    await expect(client.send(new eb.DescribeEventBusCommand({ Name: 'new' }))).rejects.toThrow('does not exist');
  });

  it('names an operation that it does not have', async () => {
    await expect(client.send(new eb.ListConnectionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('ListConnections'),
    });
  });
});
