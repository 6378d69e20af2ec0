/** The API reference page of an action or a structure. */
export function elbPage(name: string): string {
  return `https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_${name}.html`;
}

/** A page of the guide to Application Load Balancers. */
export function guidePage(name: string): string {
  return `https://docs.aws.amazon.com/elasticloadbalancing/latest/application/${name}.html`;
}
