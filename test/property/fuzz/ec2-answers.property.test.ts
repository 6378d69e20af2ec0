import { EC2Client } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEc2 } from '../../../shared/adapters/ec2/ec2.ts';
import { createLoadBalancing } from '../../../shared/adapters/elastic-load-balancing/load-balancing.ts';
import { isControllerError } from '../../../shared/model/errors.ts';
import type { Observed } from '../../../shared/model/observed.ts';
import type { Ec2 } from '../../../shared/reconcile/ports.ts';
import { entityBomb, xmlOf } from '../../builders/aws-xml.ts';
import { goodEc2Answers as goodAnswers } from '../../builders/ec2-answers.ts';
import { spoilt, spoiltText } from '../../builders/hostile-input.ts';
import { ipv4Cidr, routeTableId, someNetworkNeeds, targetGroupArn } from '../../builders/network.ts';
import {
  allocationId,
  aRole,
  instanceId,
  ipv6,
  networkInterfaceId,
  nowMs,
  privateIp,
  publicIp,
  roleName,
} from '../../builders/observed.ts';
import { plan } from '../../builders/plan.ts';
import { CannedAws } from '../../fakes/canned-aws.ts';

const operations = Object.keys(goodAnswers);
const answerXml = (operation: string, answer: unknown) => xmlOf(`${operation}Response`, answer);

/** EC2 that answers one of the operations with this text, and all others as it should. */
function ec2With(spoiltOperation: string, body: string) {
  const aws = new CannedAws((request) => {
    const operation = new URLSearchParams(request.body).get('Action') ?? '';
    const good = goodAnswers[operation] ?? {};
    return { body: operation === spoiltOperation ? body : answerXml(operation, good) };
  });
  const surroundings = { now: () => nowMs, sleep: async () => undefined };
  const loadBalancing = async () => createLoadBalancing({} as never);
  return { aws, ec2: createEc2(new EC2Client(aws.options), 'role', { surroundings, loadBalancing }) };
}

const ids = [instanceId(1)];
const needs = someNetworkNeeds({ targetGroupArns: [] });

/** What an answer is part of. */
async function readWith(ec2: Ec2, operation: string): Promise<Partial<Observed>> {
  switch (operation) {
    case 'DescribeInstances':
      await ec2.instancesById(ids);
      return { instances: await ec2.instancesTagged([roleName('db')]) };
    case 'DescribeTags':
      await ec2.roleTags(ids);
      return {};
    case 'DescribeAddresses':
      return { elasticIps: await ec2.elasticIps() };
    case 'DescribeInstanceStatus':
      return { statusChecks: await ec2.statusChecks(ids) };
    case 'DescribeImages':
      return { imageOwners: await ec2.imageOwners(['ami-0123456789abcdef0']) };
    default:
      return { network: await ec2.network(needs) };
  }
}

/** All that is read for a role with every kind of address, from good answers. */
async function readAll(): Promise<Partial<Observed>> {
  const { ec2 } = ec2With('none', '');
  const parts = await Promise.all(operations.map((operation) => readWith(ec2, operation)));
  return Object.assign({}, ...parts);
}

const role = aRole({
  addresses: [
    { elasticIp: allocationId(0xe1), adopt: true, on: 'primary', reverseName: 'db.corp.internal' },
    { privateIp: privateIp(50), adopt: true },
    { ipv6: ipv6(0x50), adopt: true },
    { networkInterface: networkInterfaceId(7), adopt: true },
    { route: ipv4Cidr('10.99.0.1/32'), routeTables: [routeTableId(1)], adopt: true },
    { targetGroup: targetGroupArn('web') },
  ],
  records: [
    { zone: 'corp.internal', name: 'db.corp.internal', value: 'elasticIp' },
    { zone: 'corp.internal', name: 'six.corp.internal', value: 'ipv6', reverse: true },
    { zone: 'corp.internal', name: 'name.corp.internal', value: 'privateName' },
    {
      zone: 'corp.internal',
      name: 'text.corp.internal',
      type: 'TXT',
      values: ['{tag:Name} {tag:toString} {zone}'],
    },
  ],
  allow: { tags: { role: 'db' }, imageOwner: '111122223333', autoScalingGroup: 'x' },
  election: { ready: { tag: 'constructor=x' } },
});

describe('an answer of EC2 that is not as it should be', () => {
  it('is what could be there, or refused; and a plan can be made from it', async () => {
    const arbitraryAnswer = fc.constantFrom(...operations).chain((operation) =>
      fc.tuple(
        fc.constant(operation),
        fc.oneof(
          {
            weight: 8,
            arbitrary: spoilt(goodAnswers[operation]).map((answer) => answerXml(operation, answer)),
          },
          { weight: 1, arbitrary: spoiltText(answerXml(operation, goodAnswers[operation])) },
          { weight: 1, arbitrary: fc.constant(entityBomb(`${operation}Response`)) },
        ),
      ),
    );
    const good = await readAll();
    await fc.assert(
      fc.asyncProperty(arbitraryAnswer, async ([operation, body]) => {
        const { aws, ec2 } = ec2With(operation, body);

        const read = await readWith(ec2, operation).catch(failureOf);

        expect(aws.requests.length).toBeLessThanOrEqual(8);
        if (read === undefined) return;
        for (const each of [role, { ...role, spec: { ...role.spec, allow: undefined } }]) {
          expect(plan({ ...good, ...read, role: each }).kind).toMatch(/^(act|rest)$/);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('to a change is the id of the association, or refused', async () => {
    const change = {
      kind: 'associate-address',
      allocationId: allocationId(0xe1),
      publicIp: publicIp(25),
      networkInterfaceId: networkInterfaceId(1),
      privateIp: privateIp(1),
      instanceId: instanceId(1),
      allowReassociation: true,
    } as const;
    await fc.assert(
      fc.asyncProperty(spoilt(goodAnswers['AssociateAddress']), async (answer) => {
        const { ec2 } = ec2With('AssociateAddress', answerXml('AssociateAddress', answer));

        const made = await ec2.make(change).catch(failureOf);

        if (made !== undefined) expect(made.associationId).toMatch(/^eipassoc-/);
      }),
      { numRuns: 30 },
    );
  });

  it.each(operations.filter((each) => /^Describe(Instances|Tags|NetworkInterfaces|Subnets)$/.test(each)))(
    'of %s is not followed in a circle',
    async (operation) => {
      const { aws, ec2 } = ec2With(
        operation,
        answerXml(operation, { ...goodAnswers[operation], nextToken: 'again' }),
      );

      await expect(readWith(ec2, operation)).rejects.toMatchObject({
        code: 'PagesRepeat',
        disposition: 'retryable',
      });
      expect(aws.requests.length).toBeLessThan(20);
    },
  );
});

/** Nothing, for what was refused in few words; anything else that is thrown fails the test. */
function failureOf(error: unknown): undefined {
  if (!isControllerError(error)) throw error;
  expect(error.message.length).toBeLessThan(5_000);
}
