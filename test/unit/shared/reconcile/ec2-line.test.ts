import { describe, expect, it } from 'vitest';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { Ec2Line } from '../../../../shared/reconcile/ec2-line.ts';
import { nowMs } from '../../../builders/observed.ts';
import { FakeSurroundings } from '../../../fakes/fake-surroundings.ts';
import { Script } from '../../../fakes/script.ts';

const noRoom = new ControllerError('slow down', { code: 'RequestLimitExceeded', disposition: 'retryable' });
const always = () => true;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Calls that are under way at once, and an EC2 that refuses so many of them first. */
function aBusyEc2(refusals: number) {
  const seen = { underWay: 0, most: 0, mostAfterRefusal: 0, tries: 0 };
  const call = async (): Promise<string> => {
    seen.tries += 1;
    const isRefused = seen.tries <= refusals;
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    if (seen.tries > 10) seen.mostAfterRefusal = Math.max(seen.mostAfterRefusal, seen.underWay);
    await Promise.resolve();
    seen.underWay -= 1;
    if (isRefused) throw noRoom;
    return 'done';
  };
  return { seen, call };
}

describe('Ec2Line', () => {
  it('lets ten calls go side by side while EC2 takes them', async () => {
    const line = new Ec2Line('quick', new FakeSurroundings(new Script()));
    const { seen, call } = aBusyEc2(0);

    const results = await Promise.all(upTo(30).map(() => line.run(call, always)));

    expect(results).toEqual(upTo(30).map(() => 'done'));
    expect(seen).toMatchObject({ most: 10, tries: 30 });
  });

  it.each([
    ['quick', 1],
    ['slow', 5],
  ] as const)('lets fewer go once one is refused, of the %s ones %d', async (pace, lanes) => {
    const line = new Ec2Line(pace, new FakeSurroundings(new Script()));
    const { seen, call } = aBusyEc2(10);

    const results = await Promise.all(upTo(30).map(() => line.run(call, always)));

    expect(results).toEqual(upTo(30).map(() => 'done'));
    expect(seen).toMatchObject({ most: 10, tries: 40 });
    expect(seen.mostAfterRefusal).toBeLessThanOrEqual(lanes);
  });

  it('waits a second after a refusal, and no more once a call gets in', async () => {
    const script = new Script();
    const line = new Ec2Line('quick', new FakeSurroundings(script));
    const { call } = aBusyEc2(3);

    await line.run(call, always);
    await line.run(call, always);

    expect(script.calls).toEqual(['sleep 1000', 'sleep 1000', 'sleep 1000']);
  });

  it('fails with the refusal when there is no time for another try', async () => {
    const surroundings = new FakeSurroundings(new Script());
    const line = new Ec2Line('quick', surroundings);
    const { seen, call } = aBusyEc2(100);

    const result = line.run(call, (atMs) => atMs <= nowMs + 4_000);

    await expect(result).rejects.toBe(noRoom);
    expect(seen.tries).toBe(5);
  });

  it('does not try again what EC2 refused for another reason', async () => {
    const line = new Ec2Line('quick', new FakeSurroundings(new Script()));
    const denied = new ControllerError('no', { code: 'UnauthorizedOperation', disposition: 'permanent' });
    let tries = 0;
    const call = async () => {
      tries += 1;
      throw denied;
    };

    await expect(line.run(call, always)).rejects.toBe(denied);
    expect(tries).toBe(1);
  });
});
