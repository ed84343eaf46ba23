import { nameOf } from './words';

/** A name whose direction of writing turns nothing around it. */
export function Name({ of }: { of: { displayName: string; employeeId: string } }) {
  return <bdi>{nameOf(of)}</bdi>;
}
