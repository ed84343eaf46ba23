import { ConnectionBadge } from '../connection/ConnectionBadge';
import { hasOwnTime, seesBoard, type SignedIn } from '../protocol/messages';
import { forgetSession } from '../session/storedSession';
import { signedOut } from '../state/sessionSlice';
import { boardAddress } from '../state/boardAddress';
import { selectFilters, selectPendingCount } from '../state/boardSelectors';
import { selectOwnZone } from '../state/ownPresence';
import { Avatar } from '../ui/Avatar';
import { Mark } from '../ui/Icon';
import { Name } from '../ui/Name';
import { nameOf, ROLE_WORDS } from '../ui/words';
import { useAppDispatch, useAppSelector } from '../state/hooks';

export function TopBar({ person, page }: { person: SignedIn; page: 'board' | 'me' }) {
  const dispatch = useAppDispatch();
  const ownZone = useAppSelector(selectOwnZone);
  const filters = useAppSelector(selectFilters);
  const waiting = useAppSelector(selectPendingCount);
  const signOut = () => {
    forgetSession();
    // The next person begins at the first page.
    history.replaceState(null, '', window.location.pathname);
    dispatch(signedOut(null));
  };
  return (
    <header className="topbar">
      <div className="topbar-inner">
        <div className="brand">
          <Mark />
          <span className="brand-name">{person.companyName}</span>
        </div>
        {seesBoard(person.role) && (
          <nav className="pages" aria-label="Pages">
            <a href={`#${boardAddress(filters)}`} aria-current={page === 'board' ? 'page' : undefined}>
              Board
              {waiting > 0 && (
                <span className="pages-count">
                  {waiting}
                  <span className="unseen"> leave requests waiting</span>
                </span>
              )}
            </a>
            {hasOwnTime(person.role) && (
              <a href="#me" aria-current={page === 'me' ? 'page' : undefined}>
                My time
              </a>
            )}
          </nav>
        )}
        <div className="topbar-end">
          <ConnectionBadge zoneId={page === 'me' ? ownZone : undefined} />
          <div className="whoami">
            <Avatar name={nameOf(person)} />
            <span className="whoami-words">
              <span className="whoami-name">
                <Name of={person} />
              </span>
              <span className="whoami-role">{ROLE_WORDS[person.role] ?? person.role}</span>
            </span>
          </div>
          <button type="button" className="quiet" onClick={signOut} data-testid="sign-out">
            Sign out
          </button>
        </div>
      </div>
    </header>
  );
}
