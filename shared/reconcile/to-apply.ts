import type { Change } from '../model/change.ts';
import type { ControllerError } from '../model/errors.ts';
import { ControllerError as Failure, toControllerError } from '../model/errors.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { WrittenAssociation } from '../model/role-state.ts';

/** A slot of a role whose claim is ours, with the changes that it meant to make. */
export interface ToApply {
  readonly role: RoleName;
  readonly slot: number;
  readonly holder: InstanceId | undefined;
  readonly generation: number;
  readonly leaseExpiresAtMs: number;
  readonly changes: readonly Change[];
}

export interface Applied {
  readonly done: readonly Change[];
  readonly associations: readonly WrittenAssociation[];
  readonly errors: readonly ControllerError[];
}

export const nothingApplied: Applied = { done: [], associations: [], errors: [] };

/** No call is begun with less of the lease left than a slow call takes: EC2 cannot be fenced by the generation. */
export const leaseMarginMs = 5_000;

/** What was done for one slot, as it is done. */
export class Results implements Applied {
  readonly done: Change[] = [];
  readonly associations: WrittenAssociation[] = [];
  readonly errors: ControllerError[] = [];

  async take(
    work: () => Promise<{ done: Change; association: WrittenAssociation | undefined }>,
  ): Promise<void> {
    try {
      const { done, association } = await work();
      this.done.push(done);
      if (association !== undefined) this.associations.push(association);
    } catch (error) {
      this.errors.push(toControllerError(error));
    }
  }
}

/** Whether there is time for another call. */
export function leaseLasts(nowMs: number, { leaseExpiresAtMs }: Pick<ToApply, 'leaseExpiresAtMs'>): boolean {
  return leaseExpiresAtMs - nowMs >= leaseMarginMs;
}

/** @throws ControllerError `LeaseRunsOut`, retryable, when another call might outlive the lease. */
export function checkLease(nowMs: number, slot: ToApply): void {
  if (leaseLasts(nowMs, slot)) return;
  throw new Failure(`too little is left of the lease of ${slot.role} to begin another call`, {
    code: 'LeaseRunsOut',
    disposition: 'retryable',
  });
}
