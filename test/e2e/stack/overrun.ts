import { stackName } from '../../../demo/deploy.ts';
import type { Sighting } from '../../../demo/witness.ts';
import { functions } from '../../../infra/functions.ts';
import type { Theatre } from '../controller/theatre.ts';

const functionName = `${stackName}-resync`;

/** Roles of one page: after it, a pass looks whether there is time for another. */
const rolesPerPage = 200;

/** More than is left of this timeout, of which the last five seconds are for giving back what it has. */
const [timeoutSeconds, delayMs] = [8, 4_000];

/** Has a pass over all roles run out of time after its first page; what it came to. */
export async function overrun(theatre: Theatre): Promise<Sighting | undefined> {
  const { lambda } = theatre.stage.cloud.rooms;
  for (let number = 0; number < rolesPerPage; number++) {
    await theatre.define(`walk-on-${number}`, {
      records: [{ zone: 'corp.internal', name: `walk-on-${number}.corp.internal`, value: 'privateIp' }],
    });
  }
  const { accessKeyId } = lambda.updateFunction(functionName, { timeoutSeconds });
  const slowness = { accessKeyId, operation: 'BatchGetItem', nth: 1 };
  theatre.stage.cloud.faults.add({ ...slowness, fault: { kind: 'latency', delayMs } });
  lambda.invokeAsynchronously(functionName, '{}');
  await theatre.settle(2 * delayMs);
  const usual = functions.find(({ name }) => functionName.endsWith(name));
  if (usual !== undefined) lambda.updateFunction(functionName, { timeoutSeconds: usual.timeoutSeconds });
  return theatre.witness.sightings.findLast((each) => each.functionName === functionName);
}
