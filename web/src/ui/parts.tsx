// Small shared parts: names, chips, meters, fields, buttons that ask once.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { day, dayTime, relative, t } from "../i18n/i18n";
import { serverNow } from "../sync/socket";
import { Icon, type IconName } from "./icons";

export type Person = { id: string; name: string; representative?: string | undefined };

function hue(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 8;
  return sum;
}

/** Initials on one of eight quiet colours; decoration, the name stands beside it. */
export function Avatar({ person, small }: { person: Person; small?: boolean }) {
  const words = person.name
    .replace(/\([^)]*\)/g, "")
    .split(/[\s-]+/)
    .filter(Boolean);
  const first = Array.from(words[0] ?? "?")[0] ?? "";
  const last = words.length > 1 ? (Array.from(words[words.length - 1] ?? "")[0] ?? "") : "";
  return (
    <span class={`avatar hue-${hue(person.id)}${small ? " small" : ""}`} aria-hidden="true">
      {(first + last).toUpperCase()}
    </span>
  );
}

export function Name({ person }: { person: Person }) {
  return (
    <bdi class="name">
      {person.name || t("member-erased")}
      {person.representative && ` (${t("represented-by", { name: person.representative })})`}
    </bdi>
  );
}

/** "by" of histories: a person, or the program, or whoever runs the server. */
export function By({ by }: { by: Person | "system" | "operator" | undefined }) {
  if (typeof by === "object") return <Name person={by} />;
  return <span>{by === "operator" ? t("by-operator") : t("by-system")}</span>;
}

export function When({ ms, date }: { ms: number; date?: boolean }) {
  const now = serverNow();
  const near = Math.abs(ms - now) < 6 * 86_400_000;
  return (
    <time dateTime={new Date(ms).toISOString()} title={dayTime(ms)}>
      {near && !date ? relative(ms, now) : day(ms)}
    </time>
  );
}

export function Chip({
  icon,
  tone = "plain",
  children,
  ...rest
}: {
  icon?: IconName;
  tone?: string;
  children: ComponentChildren;
} & { "data-test"?: string | undefined; "data-state"?: string | undefined }) {
  return (
    <span {...rest} class={`chip ${tone}`}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </span>
  );
}

/** A bar of `value` out of `total`, with an optional mark (a threshold). The figures stand beside it. */
export function Meter({
  value,
  total,
  mark,
  tone = "accent",
}: {
  value: number;
  total: number;
  mark?: number | undefined;
  tone?: string;
}) {
  const width = total > 0 ? Math.min(100, (100 * value) / total) : 0;
  return (
    <svg class={`meter ${tone}`} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="8" />
      <rect class="fill" width={width} height="8" />
      {mark !== undefined && total > 0 && (
        <rect class="mark" x={Math.min(99, (100 * mark) / total - 0.4)} width="0.8" height="8" />
      )}
    </svg>
  );
}

export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined }) => ComponentChildren;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, "aria-describedby": described || undefined })}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warn" size={16} /> {error}
        </p>
      )}
    </div>
  );
}

/** At once: on a slow device a person is in a field of it before an effect would run. */
const takeFocus = (drawn: HTMLElement | null) => drawn?.focus();

/** Opens a question in place: what will happen, one button to do it, one to leave it. */
export function Ask({
  label,
  question,
  confirm,
  tone = "primary",
  test,
  onConfirm,
  children,
  disabled,
}: {
  label: ComponentChildren;
  question: string;
  confirm: string;
  tone?: string;
  test: string;
  onConfirm: () => void;
  children?: ComponentChildren;
  disabled?: boolean | undefined;
}) {
  const open = useSignal(false);
  const wasOpen = useRef(false);
  wasOpen.current ||= open.value;
  if (!open.value)
    return (
      <button
        ref={wasOpen.current ? takeFocus : null}
        type="button"
        class={`button ${tone}`}
        data-test={test}
        aria-expanded="false"
        onClick={() => {
          open.value = true;
        }}
      >
        {label}
      </button>
    );
  return (
    <fieldset class="ask" ref={takeFocus} tabIndex={-1} aria-label={question}>
      <p>{question}</p>
      {children}
      <div class="row">
        <button
          type="button"
          class={`button ${/quiet|small/.test(tone) ? "primary" : tone}`}
          data-test={`${test}-confirm`}
          disabled={disabled}
          onClick={() => {
            open.value = false;
            onConfirm();
          }}
        >
          {confirm}
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            open.value = false;
          }}
        >
          {t("go-back")}
        </button>
      </div>
    </fieldset>
  );
}

/** What stands where a list would be: one sentence, at most one action. */
export function Empty({
  icon,
  text,
  children,
}: {
  icon: IconName;
  text: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={icon} size={32} />
      <p>{text}</p>
      {children}
    </div>
  );
}

const lateMs = 15_000;
/** Long after what is waited for should be here: what is the matter, and what to do. */
export function Late() {
  const late = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      late.value = true;
    }, lateMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    late.value && (
      <p>
        {t("error-network")}{" "}
        <button type="button" class="button" data-test="late" onClick={() => location.reload()}>
          {t("retry")}
        </button>
      </p>
    )
  );
}

export function Loading() {
  return (
    <div class="loading" role="status">
      <Late />
      <span class="bone wide" />
      <span class="bone" />
      <span class="bone" />
      <span class="hidden">{t("loading")}</span>
    </div>
  );
}

/** Lets go of a page that does not exist or may not be read. */
export function NotThere() {
  return (
    <Empty icon="search" text={t("not-found")}>
      <a class="button quiet" href="/">
        {t("nav-home")}
      </a>
    </Empty>
  );
}
