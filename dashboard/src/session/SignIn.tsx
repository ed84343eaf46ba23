import { useEffect, useState, type FormEvent } from 'react';
import { useAppDispatch, useAppSelector } from '../state/hooks';
import { findDemoPeople, RestError, signInAs } from '../connection/rest';
import { inWords } from '../protocol/answers';
import { asRole, type Person, type Role, type SignedIn } from '../protocol/messages';
import { Avatar } from '../ui/Avatar';
import { Icon, Mark } from '../ui/Icon';
import { Name } from '../ui/Name';
import { fold, nameOf, titled } from '../ui/words';
import { signedIn } from '../state/sessionSlice';
import { readPasted } from './pastedToken';
import { rememberTokens, takesTokens } from './signInWay';
import { storeSession } from './storedSession';

type Ways = { kind: 'asking' } | { kind: 'demo'; people: Person[] } | { kind: 'token' } | { kind: 'away' };

const GROUPS: readonly { title: string; roles: readonly Role[] }[] = [
  { title: 'Managers', roles: ['MANAGER', 'ADMIN'] },
  { title: 'HR', roles: ['HR'] },
  { title: 'Employees', roles: ['EMPLOYEE'] },
  { title: 'Others', roles: ['AUDITOR', 'INTEGRATION'] },
];

export function SignIn() {
  const dispatch = useAppDispatch();
  const notice = useAppSelector((state) => state.session.notice);
  const [ways, setWays] = useState<Ways>({ kind: 'asking' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    document.title = 'Sign in · AbrO HR Attendance';
    let gone = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    findDemoPeople().then(
      (people) => {
        if (!gone) {
          rememberTokens(false);
          setWays({ kind: 'demo', people });
        }
      },
      (error: unknown) => {
        if (gone) {
          return;
        }
        const answered = error instanceof RestError && error.status < 500;
        setWays({ kind: answered ? 'token' : 'away' });
        if (answered) {
          rememberTokens(true);
        }
        if (!answered) {
          again = setTimeout(() => setAttempt((count) => count + 1), 3000);
        }
      },
    );
    return () => {
      gone = true;
      clearTimeout(again);
    };
  }, [attempt]);

  // The page behind it begins at its top, with the focus in it.
  useEffect(
    () => () => {
      window.scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    },
    [],
  );

  const enter = (person: SignedIn) => {
    storeSession(person);
    dispatch(signedIn(person));
  };

  return (
    <main className="signin">
      <header className="signin-head">
        <Mark />
        <div>
          <h1>AbrO HR Attendance</h1>
          <p>Who is at work, right now.</p>
        </div>
      </header>
      {notice !== null && (
        <p className="notice" role="alert">
          {notice}
        </p>
      )}
      {ways.kind === 'asking' && <p className="faint">One moment…</p>}
      {ways.kind === 'away' && (
        <p className="notice" role="status">
          The server does not answer. Trying again…
        </p>
      )}
      {ways.kind === 'demo' && <DemoPeople people={ways.people} enter={enter} />}
      {(ways.kind === 'token' || (ways.kind === 'away' && takesTokens())) && <TokenForm enter={enter} />}
    </main>
  );
}

function DemoPeople({ people, enter }: { people: Person[]; enter: (person: SignedIn) => void }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = fold(text.trim());
  const found = people
    .filter((person) =>
      fold([person.displayName, person.employeeId, person.departmentId, person.siteId].join(' ')).includes(wanted),
    )
    .sort((a, b) => a.displayName.localeCompare(b.displayName));

  const choose = async (person: Person) => {
    setBusy(person.employeeId);
    setFailure(null);
    try {
      const answer = await signInAs(person.employeeId);
      enter({ ...answer, role: asRole(answer.role) });
    } catch (error) {
      setFailure(error instanceof RestError ? inWords(error.refusal) : 'The server does not answer. Try again.');
      setBusy(null);
    }
  };

  return (
    <>
      <div className="signin-find">
        <p>This is a demonstration company. Sign in as anybody; a second window can be a second person.</p>
        <label className="searchbox">
          <Icon name="search" />
          <span className="unseen">Find a person</span>
          <input
            type="search"
            placeholder="Find a person, site or department"
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-testid="sign-in-search"
          />
        </label>
      </div>
      {failure !== null && (
        <p className="notice" role="alert">
          {failure}
        </p>
      )}
      {GROUPS.map(({ title, roles }) => {
        const members = found.filter((person) => roles.includes(asRole(person.role)));
        return members.length === 0 ? null : (
          <section key={title} className="signin-group" aria-label={title}>
            <h2>
              {title} <span className="count">{members.length}</span>
            </h2>
            <ul>
              {members.map((person) => (
                <li key={person.employeeId}>
                  <button
                    type="button"
                    className="person"
                    disabled={busy !== null}
                    aria-busy={busy === person.employeeId}
                    onClick={() => void choose(person)}
                    data-testid={`sign-in-${person.employeeId}`}
                  >
                    <Avatar name={nameOf(person)} />
                    <span className="person-words">
                      <span className="person-name">
                        <Name of={person} />
                      </span>
                      <span className="person-where">
                        {[person.departmentId, person.siteId]
                          .filter((id) => id !== null)
                          .map(titled)
                          .join(' · ')}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {found.length === 0 && <p className="faint">Nobody matches “{text}”.</p>}
    </>
  );
}

function TokenForm({ enter }: { enter: (person: SignedIn) => void }) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const pasted = readPasted(text, Date.now());
    if (pasted.kind === 'problem') {
      setFailure(pasted.problem);
    } else {
      enter(pasted.person);
    }
  };

  return (
    <form className="panel signin-token" onSubmit={submit}>
      <label className="field">
        <span>Access token</span>
        <textarea
          rows={5}
          required
          spellCheck={false}
          autoComplete="off"
          placeholder="eyJhbGciOi…"
          value={text}
          aria-invalid={failure !== null}
          onChange={(event) => setText(event.target.value)}
          data-testid="sign-in-token"
        />
      </label>
      {failure !== null && (
        <p className="refusal" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" className="primary">
        Sign in
      </button>
      <p className="faint">
        Your HR system issues it. It stays in this window only and is forgotten when the window closes.
      </p>
    </form>
  );
}
