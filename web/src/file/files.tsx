// The files of one thing: pictures small, all else by name; adding by button, drop or paste; what is on its way.
import { type Signal, useComputed, useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { me } from "../app/session";
import type { File as Attachment } from "../generated/api";
import { number, reasonText, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { Icon } from "../ui/icons";
import { By } from "../ui/parts";
import { act } from "../ui/toast";
import type { Thing } from "./attached";
import { accepted } from "./chosen";
import { cancel, retry, sentHere, start, type Upload, uploads } from "./upload";
import "./file.css";

const mostFiles = 20;
const pictures = ["png", "jpeg", "webp"];

function sizeText(bytes: number): string {
  if (bytes < 1_000_000)
    return t("file-kilobytes", { size: number(Math.max(1, Math.round(bytes / 1000))) });
  return t("file-megabytes", { size: number(Math.round(bytes / 100_000) / 10) });
}

const addressOf = (file: Attachment) =>
  `/files/${file.sha256}/${encodeURIComponent(file.name ?? "")}`;
const isPicture = (file: Attachment) => pictures.includes(file.type ?? "");

function remove(file: Attachment): void {
  const { on, name = "", sha256 = "", alt } = file;
  const again = { on, name, sha256, ...(alt ? { alt } : {}) };
  act(
    "file.remove",
    { id: file.id },
    { done: t("file-removed"), undo: () => act("file.attach", { id: newId(), ...again }) },
  );
}

/** What a picture shows, in words: asked of who sent it, never required. */
function Words({ file, onDone }: { file: Attachment; onDone: () => void }) {
  const id = useId();
  const text = useSignal(file.alt ?? "");
  const save = async (event: Event) => {
    event.preventDefault();
    const alt = text.value.trim().normalize("NFC");
    sentHere.delete(file.id);
    if (
      alt === (file.alt ?? "") ||
      (await act("file.describe", { id: file.id, ...(alt ? { alt } : {}) }))
    )
      onDone();
  };
  return (
    <form class="file-words" onSubmit={save}>
      <label for={id}>{t("file-alt-label")}</label>
      <div class="row">
        <input
          id={id}
          type="text"
          dir="auto"
          maxLength={500}
          data-test="file-alt"
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button small" data-test="file-alt-save">
          {t("file-alt-save")}
        </button>
      </div>
    </form>
  );
}

function Row({ file, may }: { file: Attachment; may: boolean }) {
  const mine = typeof file.by === "object" && file.by.id === me.value.id;
  const writing = useSignal(mine && isPicture(file) && !file.alt && sentHere.has(file.id));
  const address = addressOf(file);
  return (
    <li class="file" data-test="file" data-id={file.id} data-type={file.type}>
      {isPicture(file) ? (
        <a class="file-picture" href={`${address}?inline`} target="_blank" rel="noopener">
          <img
            src={`${address}?inline`}
            width={file.width}
            height={file.height}
            alt={file.alt || (file.name ?? "")}
            loading="lazy"
            decoding="async"
          />
        </a>
      ) : (
        <span class="file-sign" aria-hidden="true">
          <Icon name="book" size={24} />
          <span>{file.type}</span>
        </span>
      )}
      <div class="file-about">
        <a href={address} download data-test="file-name">
          <bdi>{file.name}</bdi>
        </a>
        <p class="hint">
          {sizeText(file.size ?? 0)} · <By by={file.by} />
        </p>
        {file.alt && !writing.value && (
          <p class="file-alt" dir="auto">
            {file.alt}
          </p>
        )}
        {writing.value && (
          <Words
            file={file}
            onDone={() => {
              writing.value = false;
            }}
          />
        )}
        {may && (
          <div class="row wrap">
            {isPicture(file) && !writing.value && (
              <button
                type="button"
                class="button quiet small"
                data-test="file-describe"
                onClick={() => {
                  writing.value = true;
                }}
              >
                {t("file-describe")}
              </button>
            )}
            <button
              type="button"
              class="button quiet small"
              data-test="file-remove"
              aria-label={t("file-remove-name", { name: file.name ?? "" })}
              onClick={() => remove(file)}
            >
              {t("file-remove")}
            </button>
          </div>
        )}
      </div>
    </li>
  );
}

function Sending({ upload }: { upload: Signal<Upload> }) {
  const { name, state, part, reason, afterMs, bytes } = upload.value;
  const network = reason === "network" || reason === "answer";
  return (
    <li class={`file sending ${state}`} data-test="upload" data-state={state} data-reason={reason}>
      <div class="file-about">
        <bdi>{name}</bdi>
        {state === "failed" ? (
          <p class="field-error" role="alert">
            <Icon name="warn" size={16} />{" "}
            {network ? t("file-not-sent") : reasonText(reason, afterMs)}
          </p>
        ) : (
          <>
            <progress max={1} value={part} aria-label={t("file-sending", { name })} />
            <p class="hint" role="status">
              {state === "checking" && t("file-checking")}
              {state === "waiting" && t("file-waiting")}
              {state === "sending" &&
                t("file-sent-part", {
                  percent: number(Math.floor(part * 100)),
                  size: sizeText(bytes.size),
                })}
            </p>
          </>
        )}
        <div class="row wrap">
          {state === "failed" && (network || /full|failed|busy|limited/.test(reason)) && (
            <button
              type="button"
              class="button small"
              data-test="upload-retry"
              onClick={() => retry(upload)}
            >
              {t("file-retry")}
            </button>
          )}
          <button
            type="button"
            class="button quiet small"
            data-test="upload-cancel"
            aria-label={t("file-cancel-name", { name })}
            onClick={() => cancel(upload)}
          >
            {state === "failed" ? t("close") : t("cancel")}
          </button>
        </div>
      </div>
    </li>
  );
}

function Add({ on, small }: { on: Thing; small: boolean }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div class="file-add">
      <button
        type="button"
        class={small ? "button quiet small" : "button"}
        data-test="file-add"
        onClick={() => chooser.current?.click()}
      >
        <Icon name="plus" size={18} /> {t("file-add")}
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
        accept={accepted}
        hidden
        data-test="file-input"
        onChange={(event) => {
          start(on, [...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {!small && <p class="hint">{t("file-hint")}</p>}
    </div>
  );
}

/** Files that came by drop or paste; text that was pasted is left to the field it was meant for. */
function take(on: Thing, given: DataTransfer | null): boolean {
  const files = [...(given?.files ?? [])];
  if (files.length > 0) start(on, files);
  return files.length > 0;
}

export function Files({
  on,
  files,
  may,
  offered,
  mayRemove,
  small,
}: {
  on: Thing;
  files: Attachment[];
  may: boolean;
  offered: boolean;
  mayRemove: boolean;
  small: boolean;
}) {
  const over = useSignal(false);
  const moving = useComputed(() => uploads.value.filter((one) => one.value.on.id === on.id));
  const count = files.length + moving.value.length;
  const open = may && count < mostFiles;
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!open || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      over.value = true;
    },
    onDragLeave: () => {
      over.value = false;
    },
    onDrop: (event: DragEvent) => {
      over.value = false;
      if (open && take(on, event.dataTransfer)) event.preventDefault();
    },
    onPaste: (event: ClipboardEvent) => {
      if (open && take(on, event.clipboardData)) event.preventDefault();
    },
  };
  const title = useId();
  if (count === 0 && !offered) return null;
  return (
    <section
      {...drop}
      class={`files${small ? " small" : " card box"}${over.value ? " over" : ""}`}
      aria-labelledby={title}
      data-test="files"
      data-on={on.kind}
    >
      <h2 id={title} class={small ? "hidden" : ""}>
        {t("file-title")}
      </h2>
      {over.value && <p class="file-drop">{t("file-drop")}</p>}
      {count > 0 && (
        <ul class="file-list">
          {files.map((file) => (
            <Row
              key={file.id}
              file={file}
              may={mayRemove || (typeof file.by === "object" && file.by.id === me.value.id)}
            />
          ))}
          {moving.value.map((upload) => (
            <Sending key={upload.peek().key} upload={upload} />
          ))}
        </ul>
      )}
      {open && <Add on={on} small={small} />}
    </section>
  );
}
