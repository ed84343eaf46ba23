import type { Presence } from '../protocol/messages';
import { initials } from './words';

export function Avatar({ name, presence }: { name: string; presence?: Presence }) {
  return (
    <span className="avatar" data-presence={presence} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
