/** The seeds that every test run simulates, and the steps of each. */
export const fixedSeeds: readonly number[] = Array.from({ length: 200 }, (_, index) => index + 1);
export const fixedSteps = 18;
