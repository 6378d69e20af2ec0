import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, type QueueAttributeName } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stackParts } from '../../../cli/stack-parts.ts';
import { stackName } from '../../../demo/deploy.ts';
import { stageRegion } from '../../../demo/stage.ts';
import { assemblyDirectory } from '../../../demo/synthesize.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import { LocalOperator } from '../cli/local-operator.ts';
import { Ground } from '../controller/addresses/ground.ts';
import { valuesOf } from '../controller/metrics.ts';
import { launchHook, ScalingGroup } from '../controller/scaling-group.ts';
import { denialsAmong } from './denials.ts';
import { overrun } from './overrun.ts';
import { elasticIpScene, statementScenes } from './statement-scenes.ts';
import { roleStatements, synthesizedTemplate, withoutStatement } from './synthesized-template.ts';

/** Until messages that failed come back, and what they wake is over. */
const comeBackMs = 70_000;

/** Until a message has failed as often as it may. */
const allTriesMs = 6 * 61_000;

/** Lambda asks for these when the function is made, and refuses to make it. */
const deploymentScenes = [
  ['ReceiveEvents', 'ReceiveMessage'],
  ['ReportFailedResyncs', 'SendMessage'],
] as const;

/** Those with a scene of their own below. */
const otherSids = ['AnswerLifecycleHooks', 'KeepPlace', 'WriteLogs'];

/** localcloud has no X-Ray: nothing shows there when it gets no traces. */
const invisibleSids = ['SendTraces'];

let ground: Ground;

beforeAll(async () => {
  ground = await Ground.open();
  // The events alone are to do it.
  const { events } = ground.theatre.stage.clients;
  await events.send(new DisableRuleCommand({ Name: stackParts(stackName).resyncRule }));
});

afterAll(async () => ground[Symbol.asyncDispose]());

/** What happened while a statement was missing; it is there again when the scene is over. */
async function without<Result>(sid: string, play: () => Promise<Result>) {
  const { theatre } = ground;
  const { cloud } = theatre.stage;
  const deploy = (template: unknown) =>
    cloud.rooms.cloudFormation.deployTemplate({ stackName, assemblyDirectory, template });
  const [{ sequence }, from] = [cloud.callLog, theatre.sightings().length];
  await deploy(withoutStatement(synthesizedTemplate(), sid));
  try {
    const result = await play();
    const denied = denialsAmong(cloud.callLog.calls({ since: sequence })).toSorted();
    return { result, denied, outcomes: theatre.outcomes(from), unfinished: await unfinished() };
  } finally {
    await deploy(synthesizedTemplate());
  }
}

/** Messages that the function did not take for done. */
async function unfinished(): Promise<number> {
  return depthOf('events', 'ApproximateNumberOfMessagesNotVisible');
}

async function depthOf(queue: string, attribute: QueueAttributeName): Promise<number> {
  const { clients, deployment } = ground.theatre.stage;
  const QueueUrl = deployment.queueUrl.replace(/events$/, queue);
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [attribute] }),
  );
  return Number(Attributes[attribute]);
}

describe('a statement of the functions’ policies', () => {
  it('has a scene that needs it, each of them', () => {
    const played = [...statementScenes.map(({ sid }) => sid), ...deploymentScenes.map(([sid]) => sid)];

    const sids = new Set(roleStatements(synthesizedTemplate()).map(({ Sid }) => Sid));

    expect([...played, ...otherSids, ...invisibleSids].toSorted()).toEqual([...sids].toSorted());
  });

  it.each(statementScenes)('is needed: $sid', async ({ sid, denied, fails, prepare }) => {
    const { theatre } = ground;
    const role = `role-${sid.toLowerCase()}`;
    const { spec, carriers } = await prepare(ground, role);
    await theatre.define(role, spec);

    const came = await without(sid, async () => {
      const [instance] = await ground.launch(role, 'a');
      return { instance, carriers: await carriers() };
    });
    await theatre.settle(comeBackMs);

    const failures = came.outcomes.filter((each) => each.role === role && each.outcome === 'failed');
    expect(came.denied).toEqual(denied);
    expect(came.result.carriers).toEqual([]);
    expect(came.unfinished).toBeGreaterThan(0);
    expect(failures.length > 0).toBe(fails === 'role');
    for (const failure of failures) expect(failure).toMatchObject({ disposition: 'permanent' });
    // As soon as it is there again, the events that came back do what they could not do.
    expect(await theatre.slot(role)).toMatchObject({ holder: came.result.instance, intent: [] });
    expect(await unfinished()).toBe(0);
  });

  it('is missed: what needs it is counted as failed, and lies in the dead letters until it is put back', async () => {
    const { theatre } = ground;
    const { spec, carriers } = await elasticIpScene(ground, 'given-up');
    await theatre.define('given-up', spec);
    const countedBefore = valuesOf(theatre, 'Failed').length;

    const { result: instances } = await without('MoveElasticIps', async () => {
      const launched = await ground.launch('given-up', 'a');
      await theatre.settle(allTriesMs);
      return launched;
    });
    const givenUp = [await theatre.deadLetters(), await carriers()];
    await new LocalOperator(theatre).run('redrive --wait');

    expect(valuesOf(theatre, 'Failed').length).toBeGreaterThan(countedBefore);
    expect(givenUp).toEqual([1, []]);
    expect([await theatre.deadLetters(), await carriers()]).toEqual([0, instances]);
  });

  it('is needed: AnswerLifecycleHooks', async () => {
    const { theatre } = ground;
    await theatre.define('grouped', {
      records: [{ zone: 'corp.internal', name: 'grouped.corp.internal', value: 'privateIp' }],
    });

    const came = await without('AnswerLifecycleHooks', async () => {
      const group = await ScalingGroup.create(theatre, { hooks: [launchHook], role: 'grouped' });
      return { group, states: Object.values(await group.states()) };
    });
    await theatre.settle(comeBackMs);

    expect(came.denied).toEqual(['CompleteLifecycleAction AccessDenied']);
    expect(came.result.states).toEqual(['Pending:Wait']);
    expect(came.unfinished).toBeGreaterThan(0);
    expect(Object.values(await came.result.group.states())).toEqual(['InService']);
  });

  it('is needed: WriteLogs', async () => {
    const { lambda } = ground.theatre.stage.cloud.rooms;
    const lines = () => lambda.functions().flatMap(({ name }) => lambda.logLines(name)).length;
    const before = lines();

    await without('WriteLogs', async () => {
      // What is warm has its log stream.
      ground.theatre.restartFunctions();
      await ground.launch('nobody', 'a');
    });
    ground.theatre.restartFunctions();

    expect(lines()).toBe(before);
  });

  it('is needed: KeepPlace', async () => {
    const { theatre } = ground;

    const came = await without('KeepPlace', () => overrun(theatre));

    expect(came.denied).toEqual(['PutItem AccessDeniedException']);
    expect(came.result?.failure).toContain('PutItem');
    expect(await depthOf('failed-resyncs', 'ApproximateNumberOfMessages')).toBe(1);
  });

  it.each(deploymentScenes)('is needed: %s', async (sid, operation) => {
    const cloud = createCloud({ region: stageRegion, clock: new VirtualClock(), seed: 1 });
    const template = withoutStatement(synthesizedTemplate(), sid);

    const deployed = cloud.rooms.cloudFormation.deployTemplate({ stackName, assemblyDirectory, template });

    await expect(deployed).rejects.toThrow(
      `The provided execution role does not have permissions to call ${operation} on SQS`,
    );
    await cloud.close();
  });
});
