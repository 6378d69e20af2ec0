/** The API reference page of an action. */
export function autoScalingPage(action: string): string {
  return `https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_${action}.html`;
}

/** A page of the user guide. */
export function guidePage(name: string): string {
  return `https://docs.aws.amazon.com/autoscaling/ec2/userguide/${name}.html`;
}
