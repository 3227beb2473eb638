// Files chosen while a comment is being written: they are sent once it has its place.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { Icon } from "../ui/icons";
import type { Thing } from "./attached";
import "./file.css";

export const accepted =
  ".png,.jpg,.jpeg,.webp,.pdf,.odt,.docx,.csv,.txt,.md,image/png,image/jpeg,image/webp";

/** Sends what was chosen to the thing that now exists. */
export async function sendChosen(on: Thing, chosen: Signal<readonly File[]>): Promise<void> {
  const files = chosen.peek();
  chosen.value = [];
  if (files.length > 0) (await import("./upload")).start(on, files);
}

export function Chosen({ chosen }: { chosen: Signal<readonly File[]> }) {
  const ready = useSignal(false);
  const chooser = useRef<HTMLInputElement>(null);
  useEffect(() => {
    words("file").then(() => {
      ready.value = true;
    });
  }, []);
  if (!ready.value) return null;
  return (
    <div class="chosen-files">
      {chosen.value.length > 0 && (
        <ul class="chosen-list">
          {chosen.value.map((file) => (
            <li key={`${file.name} ${file.size} ${file.lastModified}`} data-test="chosen-file">
              <bdi>{file.name}</bdi>
              <button
                type="button"
                class="button quiet small"
                aria-label={t("file-remove-name", { name: file.name })}
                onClick={() => {
                  chosen.value = chosen.peek().filter((one) => one !== file);
                }}
              >
                <Icon name="no" size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        class="button quiet small"
        data-test="comment-file"
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
        data-test="comment-file-input"
        onChange={(event) => {
          const added = [...(event.currentTarget.files ?? [])];
          chosen.value = [...chosen.peek(), ...added].slice(0, 20);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
