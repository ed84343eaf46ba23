/** As REST takes it. */
export const TEXT_AT_MOST = 2_000;
const LEFT_WORTH_SAYING = 200;

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  testid: string;
  optional?: boolean;
  autoFocus?: boolean;
}

/** A text of some sentences. What is too long is said and never cut. */
export function TextField({ label, value, onChange, testid, optional = false, autoFocus = false }: TextFieldProps) {
  const left = TEXT_AT_MOST - value.trim().length;
  return (
    <label className="field">
      <span>
        {label} {optional && <span className="faint">optional</span>}
      </span>
      <textarea
        rows={2}
        autoFocus={autoFocus}
        value={value}
        aria-invalid={left < 0}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testid}
      />
      {left < 0 && (
        <span className="refusal" role="alert">
          {-left} characters too long: {TEXT_AT_MOST} fit.
        </span>
      )}
      {left >= 0 && left <= LEFT_WORTH_SAYING && <span className="faint">{left} characters left</span>}
    </label>
  );
}
