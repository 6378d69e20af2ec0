import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import type { Theatre } from './theatre.ts';

const stepMs = 500;

/**
 * Lets time pass and looks at the world every half second: the moments, in milliseconds from now, at which the
 * role's address or its record was not with an instance that runs.
 */
export async function gapsWithin(theatre: Theatre, durationMs: number): Promise<readonly number[]> {
  const startMs = theatre.clock.now();
  const gaps: number[] = [];
  while (theatre.clock.now() < startMs + durationMs) {
    await theatre.settle(stepMs);
    if (!(await isServed(theatre))) gaps.push(theatre.clock.now() - startMs);
  }
  return gaps;
}

async function isServed(theatre: Theatre): Promise<boolean> {
  const { Reservations = [] } = await theatre.stage.clients.ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: ['running'] }] }),
  );
  const running = Reservations.flatMap(({ Instances = [] }) => Instances);
  const elasticIpAt = await theatre.elasticIpAt();
  const record = await theatre.record();
  return (
    running.some(({ InstanceId }) => InstanceId === elasticIpAt) &&
    running.some(({ PrivateIpAddress }) => PrivateIpAddress === record)
  );
}
