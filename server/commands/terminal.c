/* A progress bar of one line on stderr, and texts that must not drive the terminal.
 *
 * It is drawn only when a person looks (stderr is a terminal), and only when the percentage has moved, so that logs and
 * pipes stay clean and a long run costs nothing for its bar. */
#include "server/commands/terminal.h"

#include <unistd.h>

#include "base/utf8.h"

enum { WIDTH = 40 };

void terminal_progress(void *context, uint64_t done, uint64_t total)
{
    static const char full[] = "########################################";
    static const char empty[] = "........................................";
    struct terminal_bar *bar = context;
    unsigned percent = total == 0 ? 100 : (unsigned)(done * 100 / total);
    if ((bar->shown && percent == bar->percent) || isatty(STDERR_FILENO) == 0) {
        return;
    }
    bar->shown = true;
    bar->percent = percent;
    int filled = (int)(percent > 100 ? 100 : percent) * WIDTH / 100;
    fprintf(stderr, "\r%s [%.*s%.*s] %3u %%", bar->label, filled, full, WIDTH - filled, empty,
            percent);
}

void terminal_end(struct terminal_bar *bar)
{
    if (bar->shown) {
        fprintf(stderr, "\r\033[K");
        bar->shown = false;
    }
}

void terminal_text(FILE *out, struct slice text)
{
    while (text.size > 0) {
        size_t size = 1;
        while (size < 4 && size < text.size && !utf8_is_clean(slice_of(text.data, size), false)) {
            size++;
        }
        bool clean = utf8_is_clean(slice_of(text.data, size), false);
        size = clean ? size : 1;
        if (clean) {
            fwrite(text.data, 1, size, out);
        } else {
            fputc('?', out);
        }
        text = slice_of(text.data + size, text.size - size);
    }
}
