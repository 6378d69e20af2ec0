import type { AddressChange } from '../model/change.ts';
import { stageOf } from '../model/change.ts';
import { ControllerError } from '../model/errors.ts';
import { changeRecords } from './change-records.ts';
import { Ec2Line } from './ec2-line.ts';
import type { Ports } from './ports.ts';
import type { Applied, ToApply } from './to-apply.ts';
import { checkLease, leaseLasts, Results } from './to-apply.ts';

/**
 * Makes the changes of all slots, stage by stage: EC2 side by side, Route 53 in one batch per zone. A slot whose change
 * fails goes no further; failures stay with their slot.
 */
export async function apply(ports: Ports, slots: readonly ToApply[]): Promise<ReadonlyMap<ToApply, Applied>> {
  const results = new Map(slots.map((each) => [each, new Results()] as const));
  const resultsOf = (slot: ToApply) => results.get(slot) ?? new Results();
  // Moving an interface takes EC2 many seconds: no other role waits for that.
  const slow = new Set(slots.filter(movesInterface).map(({ role }) => role));
  const inStages = async (group: readonly ToApply[], line: Ec2Line): Promise<void> => {
    for (const stage of [0, 1, 2, 3]) {
      const failed = group.filter((slot) => resultsOf(slot).errors.length > 0);
      const failedRoles = new Set(failed.map(({ role }) => role));
      const due = group
        .filter((slot) => !failed.includes(slot))
        .map((slot) => ({ slot, changes: slot.changes.filter((change) => stageOf(change) === stage) }));
      const addresses = due.flatMap(({ slot, changes }) =>
        changes
          .filter((change) => change.kind !== 'change-record')
          .map((change) => resultsOf(slot).take(() => make(ports, line, slot, change))),
      );
      // One slot may give up a name only because another takes it: records are changed for the whole role or not at all.
      const records = due.filter(({ slot }) => !failedRoles.has(slot.role));
      await Promise.all([...addresses, changeRecords(ports, records, resultsOf)]);
    }
  };
  await Promise.all([
    inStages(
      slots.filter(({ role }) => !slow.has(role)),
      new Ec2Line('quick', ports.surroundings),
    ),
    inStages(
      slots.filter(({ role }) => slow.has(role)),
      new Ec2Line('slow', ports.surroundings),
    ),
  ]);
  return results;
}

function movesInterface({ changes }: ToApply): boolean {
  return changes.some((change) => stageOf(change) === 0);
}

async function make({ ec2, surroundings }: Ports, line: Ec2Line, slot: ToApply, change: AddressChange) {
  const { now } = surroundings;
  const mayBegin = () => checkLease(now(), slot);
  const call = async () => {
    mayBegin();
    return ec2.make(change, mayBegin);
  };
  const association = await line.run(call, (atMs) => leaseLasts(atMs, slot));
  if (now() >= slot.leaseExpiresAtMs) {
    throw new ControllerError(`the lease of ${slot.role} ran out during ${change.kind}; looking again`, {
      code: 'LeaseRanOut',
      disposition: 'conflict',
    });
  }
  return { done: change, association };
}
