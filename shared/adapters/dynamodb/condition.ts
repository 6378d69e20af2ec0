import { isControllerError } from '../../model/errors.ts';

/** Whether a write was refused because its condition did not hold. */
export function isConditionFailure(error: unknown): boolean {
  return isControllerError(error) && error.code === 'ConditionalCheckFailedException';
}

/** Whether the condition of the write held; every other failure is thrown. */
export async function succeeds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
