/** What the work threw; what it returned if it threw nothing, which no expectation of an error matches. */
export function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** How a malformed event is refused: for good. */
export const malformed = { name: 'ControllerError', code: 'MalformedEvent', disposition: 'permanent' };
